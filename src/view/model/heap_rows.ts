// The heaps of watched systems as rows of a table, and the columns by which they can be sorted.
import type { HeapState, SystemState } from "../../live/state/state.ts";
import { type SortColumn, sortedRows } from "./sort_rows.ts";

/** A heap of a system. */
export interface TopRow {
  readonly system: SystemState;
  readonly heap: HeapState;
}

/** Share of a heap that is in use, 0 to 1; null where it is not known. */
export function shareOf({ allocated, size }: HeapState): number | null {
  return allocated === null || size === null || size === 0 ? null : allocated / size;
}

/** The most that was in use: since a reset the counter may be lower than what is in use now. */
export function peakOf({ max, allocated }: HeapState): number | null {
  return max === null ? null : Math.max(max, allocated ?? 0);
}

/** What rows can be sorted by; the first leaves them as the system has them. What is not known comes last. */
export const HEAP_ORDERS: readonly SortColumn<TopRow>[] = [
  { title: "system", of: () => 0 },
  { title: "use", of: ({ heap }) => shareOf(heap) ?? -1 },
  { title: "bytes", of: ({ heap }) => heap.allocated ?? -1 },
  { title: "peak", of: ({ heap }) => peakOf(heap) ?? -1 },
  { title: "growth", of: ({ heap }) => heap.growth ?? Number.NEGATIVE_INFINITY },
  { title: "full", of: ({ heap }) => -(heap.untilFull ?? Number.POSITIVE_INFINITY) },
  { title: "failed", of: ({ heap }) => heap.failures ?? -1 },
  { title: "name", of: ({ heap }) => heap.name.toLowerCase() },
];

/** So many heaps that are gone are still rows. */
const GONE = 2;

/** The rows of a system, those that match the filter by their name, UUID or system. */
export function heapRows(system: SystemState, filter: string, order: { column: number; turned: boolean }): TopRow[] {
  const gone = system.heaps.filter((heap) => heap.gone).slice(GONE);
  const rows = system.heaps.filter((heap) => !gone.includes(heap)).map((heap) => ({ system, heap }));
  const nameOf = ({ heap }: TopRow): string => `${system.name} ${heap.name} ${heap.uuid ?? ""}`;
  return sortedRows(rows, nameOf, HEAP_ORDERS, filter, order);
}
