// The map of a heap as columns, which are quick to send and to draw.
import { nameOfSite } from "../../../analyze/held_blocks.ts";
import type { CursorBlock } from "../../../analyze/ranges/followed_blocks.ts";
import { type HeapShape, heapMap } from "../../../analyze/ranges/heap_map.ts";
import type { IndexedRecording } from "../../../recording/indexed/indexed_recording.ts";
import type { MapFacts } from "./memory_questions.ts";

/** Pools that came after the moment are not in it. */
export function mapFacts(
  recording: IndexedRecording,
  heap: number,
  time: number,
  shape: HeapShape,
  live: readonly CursorBlock[],
): MapFacts {
  const pools = (recording.heaps[heap]?.pools ?? []).filter((pool) => pool.time <= time);
  const maps = heapMap({ ...shape, pools }, live);
  const parts = maps.flatMap(({ parts }, pool) => parts.map((part) => ({ ...part, pool })));
  const sites = numbered();
  const marks = numbered();
  const column = (of: (part: (typeof parts)[number]) => number): Float64Array => Float64Array.from(parts, of);
  return {
    time,
    shape,
    pools: maps.map(({ at, length }) => ({ at, length })),
    pool: Int32Array.from(parts, ({ pool }) => pool),
    at: column(({ at }) => at),
    size: column(({ size }) => size),
    site: Int32Array.from(parts, ({ block }) => (block === null ? -1 : sites.of(nameOfSite(block)))),
    address: column(({ block }) => block?.address ?? 0),
    asked: column(({ block }) => block?.size ?? 0),
    made: column(({ block }) => block?.time ?? 0),
    mark: Int32Array.from(parts, ({ block }) => marks.of(block?.mark ?? "")),
    sites: sites.names,
    marks: marks.names,
  };
}

/** Numbers names in the order in which they come. */
function numbered(): { readonly names: string[]; of(name: string): number } {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  return {
    names,
    of(name) {
      const known = numbers.get(name) ?? names.push(name) - 1;
      numbers.set(name, known);
      return known;
    },
  };
}
