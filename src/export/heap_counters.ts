// Adds up the bytes of a heap over time: what is allocated, and the pools.
import { rowCursor } from "../replay/trace_rows.ts";
import type { SelectedHeap } from "./selection.ts";

/** Bytes of all instances of a heap together. */
export interface HeapCounters {
  allocated: number;
  pool: number;
  step(row: number): void;
  /** True if an instance ended with this row. */
  end(row: number): boolean;
}

/** Begins with the blocks before the first row. If there are several instances, the blocks of one end with its last row. */
export function createCounters({ trace, range }: SelectedHeap): HeapCounters {
  const used = new Float64Array(trace.instances.length);
  const pools = trace.instances.map((instance) => instance.pools.reduce((sum, { length }) => sum + length, 0));
  const rowsAt = rowCursor(trace, ["instance", "allocated"]);
  const several = trace.instances.length > 1;
  const seen = new Uint8Array(trace.instances.length);
  const counters = {
    allocated: 0,
    pool: 0,
    step(row: number): void {
      const rows = rowsAt(row);
      const instance = rows.instance[row - rows.first] as number;
      if (seen[instance] === 0) counters.pool += pools[instance] as number;
      seen[instance] = 1;
      const now = rows.allocated[row - rows.first] as number;
      counters.allocated += now - (used[instance] as number);
      used[instance] = now;
    },
    end(row: number): boolean {
      const rows = rowsAt(row);
      const instance = rows.instance[row - rows.first] as number;
      if (!several || trace.instances[instance]?.last !== row) return false;
      counters.pool -= pools[instance] as number;
      counters.allocated -= used[instance] as number;
      used[instance] = 0;
      return true;
    },
  };
  for (let row = 0; row < range.from; row++) {
    counters.step(row);
    counters.end(row);
  }
  return counters;
}
