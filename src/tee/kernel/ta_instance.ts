// Types of running TAs, for all who hold them.
import type { TeeTime } from "../../abi/time.ts";
import type { MallocContext } from "../../malloc/context.ts";
import type { Counters } from "../../malloc/counters.ts";
import type { AppFacts } from "./app_facts.ts";
import type { Identity } from "./identity.ts";
import type { Lock } from "./lock.ts";
import type { Opened, Outcome } from "./outcome.ts";
import type { PageRange } from "./page_pool.ts";
import type { Params } from "./params.ts";

/** What the statistics need to know of an instance of a TA. */
export interface UserTa {
  readonly uuid: string;
  panicked: boolean;
  sessions: number;
  /** Its own heap; null while it is being loaded. */
  heap: MallocContext | null;
}

/** A TA in memory. */
export interface TaInstance extends UserTa {
  /** Counts up from 1 over all loadings since the boot. */
  readonly id: number;
  readonly app: AppFacts;
  readonly heap: MallocContext;
  /** What the floors above keep for it, by subsystem; see `stateOf`. */
  readonly states: Map<object, object>;
  /** The heap of the loader, which upstream does not report. */
  readonly loaderHeap: MallocContext;
  /** By id. */
  readonly open: Map<number, OpenSession>;
  readonly lock: Lock;
  /** True once its create entry point was called. */
  begun: boolean;
  /** True once it has succeeded or a session is open: then the destroy entry point is called in the end. */
  created: boolean;
  /** Blocks of its loading on the core heap, numbered as in the platform. */
  readonly blocks: number[];
  /** Its ranges of TA memory, by the block that stands for each. */
  readonly ranges: Map<number, PageRange>;
}

/** What is remembered of an instance that ended. */
export interface EndedTa {
  readonly uuid: string;
  /** Empty where only the UUID is known. */
  readonly name: string;
  /** Of its heap, right before the heap went: what is allocated then was never freed. */
  readonly stats: Counters;
  readonly panicked: boolean;
  /** Time in the normal world. */
  readonly when: TeeTime;
}

/** The call that is being made, and the instances that it came through: none of them can be entered again by it. */
export interface Call {
  readonly chain: readonly TaInstance[];
  /** Buffers of the client at its beginning, which a TA may have passed on. */
  readonly clientMemory: readonly Uint8Array[];
  readonly signal: AbortSignal | undefined;
  /** Fires when nobody waits for the call any more: its client has gone. A TA that computes on and on is ended then. */
  readonly gone?: AbortSignal | undefined;
  /** Milliseconds since the boot at which it counts as cancelled; without it, never. */
  readonly deadline?: number | undefined;
  /** Who makes it. */
  readonly client: Identity;
  /** How a TA that is called can call others in turn. */
  readonly sessions: SessionCalls;
}

/** The TA that makes a call; null for a client. */
export function callerOf({ chain }: Call): TaInstance | null {
  return chain.at(-1) ?? null;
}

/** Calls into the system from inside, on behalf of a call that is being made. */
interface SessionCalls {
  open(uuid: string, params: Params, call: Call): Promise<Opened>;
  invoke(session: number, command: number, params: Params, call: Call): Promise<Outcome>;
  close(session: number, call: Call): Promise<Outcome>;
}

/** A session of an instance. */
export interface OpenSession {
  readonly id: number;
  /** Who opened it. */
  readonly client: Identity;
  /** Cancellation is masked: at first, until the TA unmasks it, and then for later calls, too. */
  masked: boolean;
}

/** Why a TA is entered. */
export type Entry = "create" | "open" | "invoke" | "close" | "destroy";

/** Told of every entry into and exit from a TA. `sequence` counts up over all events of a system. */
export interface EntryObserver {
  entered(instance: TaInstance, entry: Entry, session: number, command: number, sequence: number): void;
  left(instance: TaInstance, entry: Entry, session: number, command: number, code: number, sequence: number): void;
  /** An instance was loaded, or is about to go. */
  loaded(instance: TaInstance, sequence: number): void;
  unloaded(instance: TaInstance, sequence: number): void;
}
