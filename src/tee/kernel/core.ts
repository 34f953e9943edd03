// The trusted OS: its heaps, its memory for TAs and what runs on it.
import type { TeeTime } from "../../abi/time.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { callSite } from "../../platform/needs.ts";
import type { Platform } from "../../platform/platform.ts";
import type { CoreSiteName } from "../../platform/site_names.ts";
import type { Switches } from "../../platform/switches.ts";
import type { Release } from "../../release/release.ts";
import { giveBlock, takeBlock } from "./blocks.ts";
import type { ConsoleSink, SecureConsole } from "./console.ts";
import type { ObjectStore } from "./host/object_store.ts";
import type { PluginService } from "./host/plugin_service.ts";
import type { CryptoProvider } from "./host/provider.ts";
import type { SocketService } from "./host/socket_service.ts";
import type { PagePool } from "./page_pool.ts";
import type { Params } from "./params.ts";
import type { Call, EndedTa, EntryObserver, TaInstance, UserTa } from "./ta_instance.ts";
import type { Code, UserApp } from "./user_app.ts";

/** A TA that is part of the core. */
export interface PseudoTa {
  readonly uuid: string;
  /** As the console calls it. */
  readonly name: string;
  /** Says who gets a session; without it everybody does. Another code than SUCCESS refuses it. */
  open?(core: Core, call: Call): number;
  /** Performs a command and returns a TEE code; outputs go into the parameters. */
  invoke(core: Core, command: number, params: Params, call: Call): Code;
  /** One of its sessions ends. */
  close?(core: Core, call: Call): void | Promise<void>;
}

/** An open session. */
export interface Session {
  readonly id: number;
  readonly target:
    | { readonly kind: "pseudo"; readonly pta: PseudoTa }
    | { readonly kind: "user"; readonly instance: TaInstance };
  /** The TA that opened it; null for a client. */
  readonly opener: TaInstance | null;
  /** Offset of the session's block in the core heap. */
  readonly block: number;
}

/** Makes a TA for a system. */
export type AppFactory = (core: Core) => UserApp;

/** What the kernel is given from outside. */
export interface Environment {
  /** Gets the lines of the secure console. */
  readonly console: ConsoleSink;
  /** Milliseconds since 1970 of the normal world. */
  readonly now: () => number;
  /** TAs that can be loaded; default none. */
  readonly apps?: readonly AppFactory[];
  /** Pseudo TAs beside the one of the statistics; default none. */
  readonly pseudoTas?: readonly PseudoTa[];
  /** What it does not have is the default's. */
  readonly host?: Partial<Host>;
}

/** What a trusted OS takes from its hardware and from the normal world. */
export interface Host {
  /** Fills with random bytes. */
  random(into: Uint8Array): void;
  /** Resolves after so many milliseconds, or when the signal fires. */
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** Without it, cryptographic operations are NOT_SUPPORTED. */
  readonly crypto?: CryptoProvider;
  /** Keeps persistent objects; default in memory, for as long as the system runs. */
  readonly storage: ObjectStore;
  /** Code of the normal world that TAs may call; without it there is none. */
  readonly plugins?: PluginService;
  /** Without it, every connection of a TA fails. */
  readonly sockets?: SocketService;
  /** Is told of a TA that a client asked for and nobody has; without it the client's result code says so alone. */
  readonly noSuchTa?: (uuid: string) => void;
}

/** A running trusted OS. */
export interface Core {
  readonly platform: Platform;
  /** As it was asked for, like 4.10.0. */
  readonly version: string;
  readonly release: Release;
  readonly switches: Switches;
  readonly heap: MallocContext;
  /** Only with CFG_NS_VIRTUALIZATION. */
  readonly nexusHeap: MallocContext | null;
  /** Memory of TAs: upstream's "Secure DDR" pool, since 4.4 a part of "Physical TA memory". */
  readonly taRam: PagePool;
  /** The core's own part of it since 4.4, which TAs get pages from where `taRam` has no room; null before, or if unknown. */
  readonly coreRam: PagePool | null;
  readonly console: SecureConsole;
  readonly pseudoTas: readonly PseudoTa[];
  /** Pseudo TAs that have a context, which stays. */
  readonly contexts: Set<PseudoTa>;
  readonly sessions: Map<number, Session>;
  /** Numbers of sessions that are being opened or closed. */
  readonly reserved: Set<number>;
  /** TAs that can be loaded, by UUID. */
  readonly apps: ReadonlyMap<string, UserApp>;
  /** The statistics of TAs, in the order of loading. */
  readonly userTas: UserTa[];
  /** Instances that run. */
  readonly instances: TaInstance[];
  /** Last statistics of instances that ended, the latest last; a bounded number of them. */
  readonly ended: EndedTa[];
  readonly observers: Set<EntryObserver>;
  /** Number of the next event. An event has one number, however many hear of it. */
  sequence: number;
  /** Number of instances that were loaded since the boot. */
  loads: number;
  readonly host: Host;
  /** What the floors above keep for the whole system, by subsystem; see `stateOf`. */
  readonly states: Map<object, object>;
  /** Time in the normal world, and since the reset. */
  readonly clock: {
    /** Time of the normal world. */
    ree(): TeeTime;
    /** Time since the boot. */
    tee(): TeeTime;
  };
}

/** What can be chosen when a system is booted. */
export interface CoreOptions {
  readonly platform: Platform;
  /** Release whose record layouts and texts it uses; default the platform's. */
  readonly version?: string;
  /** Default the platform's. */
  readonly switches?: Switches;
}

/** Allocates on the core heap, for `n` of what the call site counts. Returns 0 if there is no room. */
export function take({ heap, platform }: Pick<Core, "heap" | "platform">, name: CoreSiteName, n = 0): number {
  return takeBlock(heap, callSite(platform, name), n);
}

/** Frees a block of the core heap. */
export function give({ heap, platform }: Pick<Core, "heap" | "platform">, block: number, name: CoreSiteName): void {
  giveBlock(heap, block, callSite(platform, name));
}

/**
 * Runs `work` with a range of the shared-memory address space mapped: an entry on the core heap for as long. Without room
 * for the entry, `refused` is the result.
 */
export function mapped<T>(core: Core, refused: T, work: () => T): T {
  const entry = take(core, "call.mapping");
  if (entry === 0) return refused;
  const result = work();
  give(core, entry, "call.mapping");
  return result;
}

/** Like `mapped`, for work that others run beside. */
export async function mappedMeanwhile<T>(core: Core, refused: T, work: () => Promise<T>): Promise<T> {
  const entry = take(core, "call.mapping");
  if (entry === 0) return refused;
  try {
    return await work();
  } finally {
    give(core, entry, "call.mapping");
  }
}
