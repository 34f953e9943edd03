// Which holes of a heap would take a request, by the allocator's own rules.
import { isPowerOfTwo } from "../../base/integer.ts";
import { bufGetPos } from "../../heap/buf_get_pos.ts";
import { neededSize } from "../../heap/needed_size.ts";
import { createContext } from "../../malloc/context.ts";
import { extra } from "../../malloc/malloc.ts";
import { behindHeader } from "../../malloc/request.ts";
import type { HeapShape, MapPart } from "./heap_map.ts";

/** A request for memory: bytes, and what its address shall be a multiple of (0: nothing in particular). */
export interface MemoryRequest {
  readonly size: number;
  readonly alignment: number;
}

/** Where in a hole the block of a request would begin, in bytes from its beginning; -1 where it does not fit. */
type HoleFit = (hole: Pick<MapPart<unknown>, "at" | "size">) => number;

/**
 * Judges holes for one request. Its block lies at the end of a hole, as far back as its alignment lets it, and what is left
 * in front is nothing or enough for a block of its own. A request that no heap grants (no bytes that C can hold, an alignment
 * that is no power of two) fits nowhere.
 */
export function holeFit({ word, leakHeaders }: HeapShape, { size, alignment }: MemoryRequest): HoleFit {
  const ctx = createContext(new Uint8Array(0), { word, leakHeaders, base: 0 });
  const { heap } = ctx;
  const total = behindHeader(ctx, size);
  if (total < 0 || (alignment !== 0 && !isPowerOfTwo(alignment))) return () => -1;
  const front = extra(ctx);
  const wanted = neededSize(heap.geometry, front, total);
  const align = Math.max(alignment, heap.geometry.quantum);
  return (hole) => (hole.size < wanted ? -1 : bufGetPos(heap, hole.at, hole.size, align, front, wanted));
}
