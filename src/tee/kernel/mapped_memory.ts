// Zeroed memory that the core maps for a TA while it runs: the blocks and pages of its stack, as the loader takes them.
import { isRelease, OP } from "../../malloc/operation.ts";
import type { HeapStep, Platform } from "../../platform/platform.ts";
import type { Core } from "./core.ts";
import type { PageRange } from "./page_pool.ts";
import { performSeries, type SeriesBlocks } from "./series.ts";
import { giveTaPages, takeTaPages } from "./ta_memory.ts";

/** Memory of a mapping: its blocks on the core heap, its pages. */
export interface MappedMemory {
  readonly blocks: SeriesBlocks;
  readonly range: PageRange;
}

/** Takes memory for `bytes`, rounded up to pages. Null, with nothing left behind, where there is no room. */
export function takeMapped(core: Core, bytes: number): MappedMemory | null {
  const range = takeTaPages(core, bytes);
  if (range === null) return null;
  const memory: MappedMemory = { blocks: [0], range };
  if (performSeries(core, seriesOf(core.platform).take, memory.blocks)) return memory;
  giveMapped(core, memory);
  return null;
}

/** Gives it back. */
export function giveMapped(core: Core, { blocks, range }: MappedMemory): void {
  const taken = seriesOf(core.platform).give.filter(({ of }) => (blocks[of] ?? 0) !== 0);
  performSeries(core, taken, blocks);
  giveTaPages(core, range);
}

/** What the loading of a TA does for its stack: an object of pages, their range, an object to map, a region. */
function seriesOf({ load, unload }: Platform): { readonly take: HeapStep[]; readonly give: HeapStep[] } {
  const at = load.steps.findIndex(({ part }) => part === "stack");
  const first = load.steps.slice(0, at - 1).filter(({ op }) => op !== "P" && !isRelease(OP[op])).length;
  const give = unload.steps
    .filter(({ of }) => of > first && of <= first + 4)
    .map((step) => ({ ...step, of: step.of - first }));
  return { take: load.steps.slice(at - 1, at + 3), give };
}
