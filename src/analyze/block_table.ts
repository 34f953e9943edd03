// The table of all blocks of a trace, from its columns.
import { asksMemory } from "../malloc/operation.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";

/** The blocks of a trace, computed from its columns; index all arrays by the number of the block. */
export interface BlockTable {
  /** Bytes that the block took, header and slack included. */
  readonly bytes: Int32Array;
  /** Row that made it. Ascending. */
  readonly made: Int32Array;
  /** Row that ended it, or -1 if none did. */
  readonly ended: Int32Array;
}

/**
 * Sizes and lives of all blocks. The size is the recorded difference in allocated bytes, so it is that of the recorded
 * allocator, whatever its word size, leak headers and slack are.
 */
export function blockTable(trace: RecordedTrace): BlockTable {
  const bytes = new Int32Array(trace.blocks);
  const made = new Int32Array(trace.blocks);
  const ended = new Int32Array(trace.blocks).fill(-1);
  const before = new Float64Array(trace.instances.length);
  for (let row = 0; row < trace.length; row++) {
    const instance = trace.instance[row] as number;
    const makes = trace.makes[row] as number;
    const allocated = trace.allocated[row] as number;
    let delta = allocated - (before[instance] as number);
    before[instance] = allocated;
    const old = endedBy(trace, row);
    if (old >= 0) {
      ended[old] = row;
      delta += bytes[old] as number;
    }
    if (makes < 0) continue;
    bytes[makes] = Math.max(0, delta);
    made[makes] = row;
  }
  return { bytes, made, ended };
}

/** Calls `visit` with every block of an instance that lived right after a row. */
export function eachLive(
  trace: RecordedTrace,
  { made, ended }: BlockTable,
  instance: number,
  row: number,
  visit: (block: number, made: number) => void,
): void {
  for (let block = 0; block < trace.blocks; block++) {
    const start = made[block] as number;
    if (start > row) return;
    const end = ended[block] as number;
    if ((end < 0 || end > row) && trace.instance[start] === instance) visit(block, start);
  }
}

/** The block that ends in a row, or -1: a realloc that failed ends none. */
function endedBy(trace: RecordedTrace, row: number): number {
  const given = trace.ends[row] as number;
  return given >= 0 && (trace.makes[row] as number) < 0 && isRequest(trace, row) ? -1 : given;
}

/** True for a row that asks for memory. */
function isRequest(trace: RecordedTrace, row: number): boolean {
  return asksMemory(trace.op[row] as number);
}

/** True for a request that got nothing. `at` is the index of its row in the columns. */
export function isRefused({ result, op }: Pick<RecordedTrace, "result" | "op">, at: number): boolean {
  return result[at] === 0 && asksMemory(op[at] as number);
}
