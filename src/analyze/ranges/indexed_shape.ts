// Where a heap of an indexed recording lies, and how its allocator was built.
import type { Word } from "../../heap/geometry.ts";
import { OP } from "../../malloc/operation.ts";
import type { IndexedRecording } from "../../recording/indexed/indexed_recording.ts";
import type { HeapShape } from "./heap_map.ts";

/**
 * Reads the build off the allocator's own table of pools, which is the first block behind its first pool: an entry is two words,
 * and its block is a header larger where there are no leak headers. A heap that shows nothing is taken for a 64-bit one without.
 */
export async function shapeOfIndexed(
  recording: IndexedRecording,
  heap: number,
  signal?: AbortSignal,
): Promise<HeapShape> {
  const { pools = [], from = 0, to = 0 } = recording.heaps[heap] ?? {};
  const shape = {
    word: 8 as Word,
    leakHeaders: false,
    pools: pools.map(({ address, length }) => ({ address, length })),
  };
  for await (const { length, op, pointer, size, allocated } of recording.rows({ heap, from, to }, signal)) {
    for (let at = 0; at < length; at++) {
      if (op[at] !== OP.R || pointer[at] !== 0) {
        if (op[at] === OP.P) continue;
        return shape;
      }
      const word: Word = size[at] === 8 ? 4 : 8;
      return { ...shape, word, leakHeaders: (allocated[at] as number) > 4 * word };
    }
  }
  return shape;
}
