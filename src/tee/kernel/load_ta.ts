// Loading and unloading trusted applications: OP-TEE 4.0.0 core/kernel/user_ta.c, ldelf and lib/libutee/user_ta_entry.c.
import { addPool } from "../../malloc/add_pool.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import { free } from "../../malloc/malloc.ts";
import { OP } from "../../malloc/operation.ts";
import { performOperation } from "../../malloc/perform.ts";
import type { TaLayout } from "./app_facts.ts";
import type { Core } from "./core.ts";
import { createLock } from "./lock.ts";
import { givePages, type PageRange, takePages } from "./page_pool.ts";
import type { BootOp, TaPart } from "./profile.ts";
import { performSeries, type SeriesBlocks } from "./series.ts";
import { releaseAll } from "./subsystem.ts";
import type { TaInstance } from "./ta_instance.ts";
import type { UserApp } from "./user_app.ts";

const LDELF_BASE = 0x40018000;
const LDELF_PAGES = 4;

/** Pages of the parts that are the same for all applications. */
const FIXED_PAGES: Readonly<Partial<Record<TaPart, number>>> = {
  bbuf: 1,
  "ldelf-stack": 2,
  "ldelf-code": 16,
  "ldelf-data": 1,
  "ldelf-heap": LDELF_PAGES,
  "elf-header": 1,
};

/** Parts that all instances of an application share. */
const SHARED: ReadonlySet<TaPart> = new Set(["elf-header", "text"]);

/** What the loader allocates for an application without libraries. */
const LOADER_BLOCKS: readonly [op: "C" | "M" | "R", size: number, line: number][] = [
  ["C", 304, 64],
  ["C", 72, 536],
  ["C", 72, 536],
  ["M", 1088, 1103],
  ["R", 64, 1912],
];

/**
 * Loads an application: its context and regions on the core heap, its pages from TA memory, the loader's heap and its own.
 * Returns null, with nothing left behind, where either has no room.
 */
export function loadTa(core: Core, app: UserApp): TaInstance | null {
  const shared = core.userTas.some(({ uuid }) => uuid === app.uuid);
  const blocks: SeriesBlocks = [0];
  const ranges = new Map<number, PageRange>();
  let room = true;
  const done = performSeries(core, core.profile.load, blocks, ({ part }: BootOp) => {
    if (part === undefined || (shared && SHARED.has(part))) return;
    const range = takePages(core.taRam, pagesOf(part, app.layout) * core.taRam.granule);
    if (range === null) room = false;
    else ranges.set(blocks.length - 1, range);
  });
  if (!done || !room) {
    dropAll(core, blocks, ranges);
    return null;
  }
  const heap = createContext(new Uint8Array(app.layout.heapLength), {
    base: app.layout.heapBase,
    leakHeaders: core.switches.CFG_TEE_TA_MALLOC_DEBUG,
  });
  addPool(heap, 0, app.layout.heapLength);
  return {
    id: ++core.loads,
    uuid: app.uuid,
    app,
    heap,
    states: new Map(),
    loaderHeap: loaderHeap(),
    sessions: 0,
    panicked: false,
    open: new Map(),
    lock: createLock(),
    created: false,
    blocks,
    ranges,
  };
}

/** Takes an instance out of memory: its regions, its context, its pages. */
export function unloadTa(core: Core, instance: TaInstance): void {
  releaseAll(core, instance);
  performSeries(core, core.profile.unload, instance.blocks);
  for (const range of instance.ranges.values()) givePages(core.taRam, range);
  instance.ranges.clear();
}

function dropAll(core: Core, blocks: SeriesBlocks, ranges: Map<number, PageRange>): void {
  for (let n = blocks.length - 1; n > 0; n--) {
    const block = blocks[n] as number;
    if (block !== 0) free(core.heap, block);
  }
  for (const range of ranges.values()) givePages(core.taRam, range);
}

function pagesOf(part: TaPart, layout: TaLayout): number {
  switch (part) {
    case "text":
      return layout.textPages;
    case "data":
      return layout.dataPages;
    case "stack":
      return layout.stackPages;
    default:
      return FIXED_PAGES[part] ?? 1;
  }
}

function loaderHeap(): MallocContext {
  const bytes = new Uint8Array(LDELF_PAGES * 4096);
  const heap = createContext(bytes, { base: LDELF_BASE });
  addPool(heap, 0, bytes.length);
  for (const [op, size, line] of LOADER_BLOCKS) {
    const file = "ldelf/ta_elf.c";
    performOperation(heap, OP[op], 0, size, 1, file, line);
  }
  return heap;
}
