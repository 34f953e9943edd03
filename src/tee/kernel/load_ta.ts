// Loading and unloading TAs: OP-TEE 4.0.0 core/kernel/user_ta.c, ldelf and lib/libutee/user_ta_entry.c.
import { addPool } from "../../malloc/add_pool.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import { free } from "../../malloc/malloc.ts";
import type { HeapStep, Platform, TaPart } from "../../platform/platform.ts";
import type { TaLayout } from "./app_facts.ts";
import type { Core } from "./core.ts";
import { createLock } from "./lock.ts";
import type { PageRange } from "./page_pool.ts";
import { performSeries, type SeriesBlocks } from "./series.ts";
import { releaseAll } from "./subsystem.ts";
import type { TaInstance } from "./ta_instance.ts";
import { giveTaPages, takeTaPages } from "./ta_memory.ts";
import type { UserApp } from "./user_app.ts";

/** Parts that all instances of a TA share. */
const SHARED: ReadonlySet<TaPart> = new Set(["elf-header", "text"]);

/**
 * Loads a TA: its context and regions on the core heap, its pages from TA memory, the loader's heap and its own.
 * Returns null, with nothing left behind, where either has no room.
 */
export function loadTa(core: Core, app: UserApp): TaInstance | null {
  const shared = core.userTas.some(({ uuid }) => uuid === app.uuid);
  const blocks: SeriesBlocks = [0];
  const ranges = new Map<number, PageRange>();
  let room = true;
  const done = performSeries(core, core.platform.load.steps, blocks, ({ part }: HeapStep) => {
    if (part === undefined || (shared && SHARED.has(part))) return;
    const range = takeTaPages(core, pagesOf(core.platform, part, app.layout) * core.taRam.granule);
    if (range === null) room = false;
    else ranges.set(blocks.length - 1, range);
  });
  const states: TaInstance["states"] = new Map();
  const heap = done && room ? (app.load === undefined ? ownHeap(core, app.layout) : app.load(states)) : null;
  if (heap === null) {
    dropAll(core, blocks, ranges);
    return null;
  }
  return {
    id: ++core.loads,
    uuid: app.uuid,
    app,
    heap,
    states,
    loaderHeap: loaderHeap(core),
    sessions: 0,
    panicked: false,
    open: new Map(),
    lock: createLock(),
    begun: false,
    created: false,
    blocks,
    ranges,
  };
}

function ownHeap({ platform, release, switches }: Core, { heapBase, heapLength }: TaLayout): MallocContext {
  const heap = createContext(new Uint8Array(heapLength), {
    word: platform.ta.word,
    base: heapBase,
    leakHeaders: switches.CFG_TEE_TA_MALLOC_DEBUG,
    release,
  });
  addPool(heap, 0, heapLength);
  return heap;
}

/** Takes an instance out of memory: its regions, its context, its pages. */
export function unloadTa(core: Core, instance: TaInstance): void {
  releaseAll(core, instance);
  performSeries(core, core.platform.unload.steps, instance.blocks);
  for (const range of instance.ranges.values()) giveTaPages(core, range);
  instance.ranges.clear();
}

function dropAll(core: Core, blocks: SeriesBlocks, ranges: Map<number, PageRange>): void {
  for (let n = blocks.length - 1; n > 0; n--) {
    const block = blocks[n] as number;
    if (block !== 0) free(core.heap, block);
  }
  for (const range of ranges.values()) giveTaPages(core, range);
}

function pagesOf({ pages }: Platform, part: TaPart, layout: TaLayout): number {
  switch (part) {
    case "text":
      return layout.textPages;
    case "data":
      return layout.dataPages;
    case "stack":
      return layout.stackPages;
    default:
      return pages[part];
  }
}

function loaderHeap({ platform, release }: Core): MallocContext {
  const { core, loader, loaderBase, pages } = platform;
  const bytes = new Uint8Array(pages["ldelf-heap"] * 4096);
  const heap = createContext(bytes, { word: core.word, base: loaderBase, release });
  addPool(heap, 0, bytes.length);
  performSeries({ heap }, loader.steps, [0]);
  return heap;
}
