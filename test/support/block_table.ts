// The blocks of a trace from its whole columns, which code that follows them row by row is compared with.
import { asksMemory } from "../../src/malloc/operation.ts";
import type { RecordedTrace } from "../../src/replay/trace_columns.ts";

/** The blocks of a trace, computed from its columns; index all arrays by the number of the block. */
interface BlockTable {
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

/** The block that ends in a row, or -1: a realloc that failed ends none. */
function endedBy(trace: RecordedTrace, row: number): number {
  const given = trace.ends[row] as number;
  return given >= 0 && (trace.makes[row] as number) < 0 && isRequest(trace, row) ? -1 : given;
}

/** True for a row that asks for memory. */
function isRequest(trace: RecordedTrace, row: number): boolean {
  return asksMemory(trace.op[row] as number);
}
