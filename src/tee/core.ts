// The trusted OS: its heaps, its memory for trusted applications and what runs on it.
import type { TeeTime } from "../abi/time.ts";
import { assert } from "../base/assert.ts";
import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import { addPool } from "../malloc/add_pool.ts";
import { createContext, type MallocContext } from "../malloc/context.ts";
import { calloc, free, malloc } from "../malloc/malloc.ts";
import { type ConsoleSink, createConsole, LEVEL, type SecureConsole } from "./console.ts";
import { createPagePool, type PagePool } from "./page_pool.ts";
import type { BootProfile } from "./profile.ts";
import type { PseudoTa } from "./pseudo_ta.ts";
import { statsPta } from "./pta/stats.ts";
import { type Release, releaseOf } from "./release.ts";
import type { Site } from "./sites.ts";
import { SITES } from "./sites.ts";
import type { Switches } from "./switches.ts";

/** An open session with a pseudo TA. */
export interface Session {
  readonly id: number;
  readonly pta: PseudoTa;
  /** Offset of the session's block in the core heap. */
  readonly block: number;
}

/** What the statistics need to know of an instance of a trusted application. */
export interface UserTa {
  readonly uuid: string;
  panicked: boolean;
  sessions: number;
  /** Its own heap; null while it is being loaded. */
  heap: MallocContext | null;
}

/** What the embedded system is given from outside. */
export interface Surroundings {
  /** Gets the lines of the secure console. */
  readonly console: ConsoleSink;
  /** Milliseconds since 1970 of the normal world. */
  readonly now: () => number;
}

/** A running trusted OS. */
export interface Core {
  readonly profile: BootProfile;
  readonly release: Release;
  readonly switches: Switches;
  readonly heap: MallocContext;
  /** Only with CFG_NS_VIRTUALIZATION. */
  readonly nexusHeap: MallocContext | null;
  /** Memory of trusted applications: upstream's "Secure DDR" pool. */
  readonly taRam: PagePool;
  readonly console: SecureConsole;
  readonly pseudoTas: readonly PseudoTa[];
  /** Pseudo TAs that have a context, which stays. */
  readonly contexts: Set<PseudoTa>;
  readonly sessions: Map<number, Session>;
  /** Instances of trusted applications, in the order of loading. */
  readonly userTas: UserTa[];
  /** Time in the normal world and since the boot. */
  readonly clock: { ree(): TeeTime; tee(): TeeTime };
}

/** What can be chosen when a system is booted. */
export interface CoreOptions {
  readonly profile: BootProfile;
  /** Release whose record layouts and texts it uses; default the profile's. */
  readonly version?: string;
  /** Default the profile's. */
  readonly switches?: Switches;
}

/** Builds a core with its heaps, before anything ran on it. An unknown version is an error. */
export function createCore(options: CoreOptions, surroundings: Surroundings): Result<Core> {
  const { profile } = options;
  const switches = options.switches ?? profile.switches;
  const release = releaseOf(options.version ?? profile.version);
  if (!release.ok) return release;
  const console = createConsole(surroundings.console, switches.CFG_TEE_CORE_LOG_LEVEL);
  const start = surroundings.now();
  return ok({
    profile,
    release: release.value,
    switches,
    heap: createHeapOf(switches, profile.heapBase, switches.CFG_CORE_HEAP_SIZE + profile.heapSlack, console),
    nexusHeap: switches.CFG_NS_VIRTUALIZATION
      ? createHeapOf(switches, profile.nexusBase, switches.CFG_CORE_NEX_HEAP_SIZE, console)
      : null,
    taRam: createPagePool(profile.taRamSize),
    console,
    pseudoTas: switches.CFG_WITH_STATS ? [statsPta(release.value)] : [],
    contexts: new Set(),
    sessions: new Map(),
    userTas: [],
    clock: {
      ree: () => teeTime(surroundings.now()),
      tee: () => teeTime(surroundings.now() - start),
    },
  });
}

/** Allocates on the core heap for one of its known sites. Returns 0 if there is no room. */
export function take(core: Core, site: Site, size = site.size): number {
  return site.zeroed ? calloc(core.heap, 1, size, site.file, site.line) : malloc(core.heap, size, site.file, site.line);
}

/** Frees a block of the core heap. */
export function give(core: Core, block: number, at: Site): void {
  free(core.heap, block, at.file, at.line);
}

/**
 * Runs `work` with a range of the shared-memory address space mapped: an entry on the core heap for as long. Without room
 * for the entry, `refused` is the result.
 */
export function mapped<T>(core: Core, refused: T, work: () => T): T {
  const entry = take(core, SITES.mapping);
  if (entry === 0) return refused;
  const result = work();
  give(core, entry, SITES.unmapping);
  return result;
}

function createHeapOf(switches: Switches, base: number, size: number, console: SecureConsole): MallocContext {
  const heap = createContext(new Uint8Array(size), {
    base,
    fit: switches.CFG_CORE_BGET_BESTFIT ? "best" : "first",
    leakHeaders: switches.CFG_TEE_CORE_MALLOC_DEBUG,
    zeroGrown: false,
  });
  const pool = addPool(heap, 0, size);
  assert(pool !== null, "the profile's heap is large enough for a first pool");
  // The debug build also says when the heap refuses: upstream's CFG_CORE_DUMP_OOM.
  if (switches.CFG_TEE_CORE_MALLOC_DEBUG) {
    heap.listener = (op, _pointer, requested, _arg, result) => {
      const refused = result === 0 && op !== "F" && op !== "W" && op !== "P";
      if (refused)
        console.print(LEVEL.ERROR, null, `Memory allocation failed: size ${requested} context 0x${base.toString(16)}`);
    };
  }
  return heap;
}

function teeTime(milliseconds: number): TeeTime {
  return { seconds: Math.floor(milliseconds / 1000) >>> 0, millis: Math.floor(milliseconds % 1000) };
}
