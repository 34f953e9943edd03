// Creates the core of a trusted world: heaps, memory of TAs, console.
import type { TeeTime } from "../../abi/time.ts";
import { assert } from "../../base/assert.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Pool } from "../../heap/walk.ts";
import { addPool } from "../../malloc/add_pool.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import { addsPools, coreMemoryOf, isOwnRelease, withoutFurtherPools } from "../../platform/release_memory.ts";
import { switchesOf } from "../../platform/release_switches.ts";
import type { BoardMemory } from "../../release/board_memory.ts";
import type { Release } from "../../release/release.ts";
import { releaseOf } from "../../release/releases.ts";
import { createConsole, LEVEL, type SecureConsole } from "./console.ts";
import type { Core, CoreOptions, Environment, Host } from "./core.ts";
import { createMemoryStore } from "./host/memory_store.ts";
import { createPagePool } from "./page_pool.ts";
import { statsPta } from "./stats_pta.ts";
import { createCoreRam } from "./ta_memory.ts";
import type { UserApp } from "./user_app.ts";

/** What every browser and Node have. */
const webHost: Omit<Host, "storage"> = {
  random: (into) => {
    // The Web Crypto API fills at most 65,536 bytes at a time.
    for (let at = 0; at < into.length; at += 65536)
      into.set(crypto.getRandomValues(new Uint8Array(Math.min(65536, into.length - at))), at);
  },
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    }),
};

/** From the reset until the normal world has booted, when this system begins: so long it took the board of 4.0.0. */
const BOOT_MILLISECONDS = 11_000;

const MIN_HEAP = 2048;
const MAX_HEAP = 2 ** 30;

/** Builds a core with its heaps, before anything ran on it. An unknown version or an impossible heap size is an error. */
export function createKernel(options: CoreOptions, environment: Environment): Result<Core> {
  const { platform } = options;
  const version = options.version ?? platform.version;
  const switches = options.switches ?? switchesOf(platform, version);
  const release = releaseOf(version);
  if (!release.ok) return release;
  for (const name of ["CFG_CORE_HEAP_SIZE", "CFG_CORE_NEX_HEAP_SIZE"] as const) {
    if (!(switches[name] >= MIN_HEAP && switches[name] <= MAX_HEAP)) {
      return err(`${name}=${switches[name]}: a heap has ${MIN_HEAP} to ${MAX_HEAP} bytes`);
    }
  }
  const memory = coreMemoryOf(platform, version);
  // Pools are added in the course of the boot where it was recorded, else before it.
  const duringBoot = addsPools(platform) && isOwnRelease(platform, version) && !switches.CFG_NS_VIRTUALIZATION;
  const console = createConsole(environment.console, switches.CFG_TEE_CORE_LOG_LEVEL);
  const start = environment.now();
  const apps = new Map<string, UserApp>();
  const core: Core = {
    platform: duringBoot ? platform : withoutFurtherPools(platform),
    version,
    release: release.value,
    switches,
    heap: createHeapOf(
      options,
      release.value,
      memory.heapBase ?? platform.core.heapBase,
      poolsFrom(
        switches.CFG_CORE_HEAP_SIZE + (memory.heapSlack ?? platform.core.heapSlack),
        switches.CFG_NS_VIRTUALIZATION || duringBoot ? [] : memory.smallPools,
      ),
      console,
      duringBoot ? memory.smallPools : [],
    ),
    nexusHeap: switches.CFG_NS_VIRTUALIZATION
      ? createHeapOf(
          options,
          release.value,
          platform.nexusBase,
          poolsFrom(switches.CFG_CORE_NEX_HEAP_SIZE, memory.smallPools),
          console,
        )
      : null,
    taRam: createPagePool(platform.ta.ramSize),
    coreRam: memory.coreRam && createCoreRam(memory.coreRam),
    console,
    pseudoTas: [...(switches.CFG_WITH_STATS ? [statsPta(release.value)] : []), ...(environment.pseudoTas ?? [])],
    contexts: new Set(),
    sessions: new Map(),
    reserved: new Set(),
    apps,
    userTas: [],
    instances: [],
    ended: [],
    observers: new Set(),
    sequence: 1,
    loads: 0,
    host: { ...webHost, storage: createMemoryStore(), ...environment.host },
    states: new Map(),
    clock: {
      ree: () => teeTime(environment.now()),
      tee: () => teeTime(BOOT_MILLISECONDS + environment.now() - start),
    },
  };
  for (const make of environment.apps ?? []) {
    const app = make(core);
    apps.set(app.uuid, app);
  }
  return ok(core);
}

function createHeapOf(
  options: CoreOptions,
  release: Release,
  base: number,
  pools: readonly Pool[],
  console: SecureConsole,
  later: BoardMemory["smallPools"] = [],
): MallocContext {
  const { platform, switches = platform.switches } = options;
  const first = pools[0]?.length ?? 0;
  const ends = later.map(({ behind, length }) => first + behind + length);
  const end = Math.max(...pools.map(({ at, length }) => at + length), ...ends);
  const heap = createContext(new Uint8Array(end), {
    word: platform.core.word,
    base,
    fit: switches.CFG_CORE_BGET_BESTFIT ? "best" : "first",
    leakHeaders: switches.CFG_TEE_CORE_MALLOC_DEBUG,
    core: true,
    release,
  });
  for (const { at, length } of pools)
    assert(addPool(heap, at, length) !== null, "every pool of the core is large enough");
  // The debug build also says when the heap refuses: upstream's CFG_CORE_DUMP_OOM. The call stack is the real system's alone.
  if (switches.CFG_TEE_CORE_MALLOC_DEBUG) {
    heap.listener = (op, _pointer, requested, _arg, result) => {
      const refused = result === 0 && op !== "F" && op !== "W" && op !== "P";
      if (!refused) return;
      const context = `0x${heap.heap.headAddress.toString(16)}`;
      console.print(
        LEVEL.ERROR,
        release.console.outOfMemory,
        `Memory allocation failed: size ${requested} context ${context}`,
      );
    };
  }
  return heap;
}

/** The first pool, and the small ones behind it, which are the nexus heap's where there is one. */
function poolsFrom(first: number, smallPools: BoardMemory["smallPools"]): Pool[] {
  return [{ at: 0, length: first }, ...smallPools.map(({ behind, length }) => ({ at: first + behind, length }))];
}

function teeTime(milliseconds: number): TeeTime {
  return { seconds: Math.floor(milliseconds / 1000) >>> 0, millis: Math.floor(milliseconds % 1000) };
}
