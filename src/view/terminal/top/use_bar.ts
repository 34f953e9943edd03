// A bar of what is in use, with a mark at the peak.
import { own, type Printable, shown } from "../../../base/printable.ts";
import type { HeapState } from "../../../live/state/state.ts";
import { peakOf, shareOf } from "../../model/heap_rows.ts";
import { bar } from "../bar.ts";

/** So many characters; empty where it is not known. */
export function useBar(heap: HeapState, width: number): Printable {
  const share = shareOf(heap);
  if (share === null || heap.size === null) return own("·").repeat(width);
  const filled = bar(share, 1, width);
  const peak = peakOf(heap);
  if (peak === null) return filled;
  const at = Math.min(width - 1, Math.floor((peak / heap.size) * width));
  return filled[at] === " " ? shown`${filled.slice(0, at)}│${filled.slice(at + 1)}` : filled;
}
