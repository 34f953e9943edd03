// Builds the trace of one heap from rows.
import { OP } from "../malloc/operation.ts";
import type { ByteStore } from "../replay/byte_store.ts";
import { createRowPacker } from "../replay/packed_rows.ts";
import { packedTrace } from "../replay/packed_trace.ts";
import { createBlocks } from "../replay/trace_blocks.ts";
import type { Mark, RecordedTrace } from "../replay/trace_columns.ts";
import type { BatchColumns } from "./batch_columns.ts";
import type { BatchOps } from "./batch_ops.ts";
import { RecordingDamage } from "./buffers.ts";
import { FOUND } from "./schema.ts";
import { createSiteNumbers } from "./site_numbers.ts";
import { type SiteColumn, siteOfTexts } from "./site_texts.ts";

/** Columns of a batch, all the same length. */
interface EventColumns {
  readonly batch: BatchColumns;
  readonly instance: Float64Array;
  readonly time: Float64Array;
  readonly pointer: Float64Array;
  readonly size: Float64Array;
  readonly arg: Float64Array;
  readonly result: Float64Array;
  readonly allocated: Float64Array;
  readonly thread: Int32Array;
  readonly func: Int32Array;
  readonly place: Int32Array;
  readonly stack: Int32Array;
}

/** The columns that events have. */
export function eventColumns(batch: BatchColumns): EventColumns {
  return {
    batch,
    instance: batch.numbers("instance"),
    time: batch.numbers("time"),
    pointer: batch.numbers("pointer"),
    size: batch.numbers("size"),
    arg: batch.numbers("arg"),
    result: batch.numbers("result"),
    allocated: batch.numbers("allocated"),
    thread: batch.texts("thread"),
    func: batch.texts("func"),
    place: batch.texts("place"),
    stack: batch.texts("stack"),
  };
}

/** Puts the trace of one heap together. */
export interface TraceBuilder {
  /** Rows so far. */
  readonly rows: number;
  /** Takes rows [from, to) of a batch, all of them operations of this heap. Throws `RecordingDamage`. */
  add(columns: EventColumns, ops: BatchOps, from: number, to: number): void;
  mark(name: string, command: string): void;
  /** Index of an instance by its number, -1 if it has no row. */
  instanceOf(number: number): number;
  /** Throws `RecordingDamage` where its instances do not fit into memory. */
  finish(): RecordedTrace;
}

const MAX_MARKS = 2 ** 20;
/** Rows that a heap has room for before it has more. */
const FEW_ROWS = 16;
/** Columns that are taken as they are. */
const COPIED = ["time", "pointer", "size", "arg", "result", "allocated"] as const;

/** A builder whose rows go to `store`, packed. Long: one row of columns, written side by side. */
export function createTraceBuilder(context: string, version: string, store: ByteStore): TraceBuilder {
  const blocks = createBlocks(true);
  const rows = createRowPacker(store, FEW_ROWS);
  const sites = createSiteNumbers();
  const marks: Mark[] = [];
  const threads: number[] = [];
  const threadNumbers: number[] = [];
  const found = new Map<number, number>();
  const numbers = new Map<number, number>();
  let texts: BatchColumns | undefined;

  function threadOf(text: number): number {
    threadNumbers[text] ??= threads.push(text) - 1;
    return threadNumbers[text] as number;
  }
  /** Rows [from, from + count) of a batch go to the packer's columns from `at` on. */
  function take(
    batch: EventColumns,
    { numbers: ops, letters, names }: BatchOps,
    from: number,
    at: number,
    count: number,
  ) {
    const { columns } = rows;
    const first = rows.length - count;
    for (const name of COPIED) columns[name].set(batch[name].subarray(from, from + count), at);
    const { instance, op, makes, ends, site, thread } = columns;
    const wasFound = names.indexOf(FOUND);
    for (let n = 0; n < count; n++) {
      const row = from + n;
      const number = batch.instance[row] as number;
      const letter = letters[ops[row] as number] as number;
      const problem = blocks.add(
        first + n,
        number,
        letter,
        batch.pointer[row] as number,
        batch.size[row] as number,
        batch.result[row] as number,
        batch.allocated[row] as number,
      );
      if (problem !== null) throw new RecordingDamage(`event ${first + n + 1} of the heap ${context}: ${problem}`);
      const index = blocks.last.instance;
      // An instance begins with its first pool.
      if (letter === OP.P && index === numbers.size) numbers.set(number, index);
      if (ops[row] === wasFound) found.set(index, (found.get(index) ?? 0) + 1);
      instance[at + n] = index;
      op[at + n] = letter;
      makes[at + n] = blocks.last.makes;
      ends[at + n] = blocks.last.ends;
      site[at + n] = sites.of(batch.func[row] as number, batch.place[row] as number, batch.stack[row] as number);
      thread[at + n] = threadOf(batch.thread[row] as number);
    }
  }
  return {
    get rows() {
      return rows.length;
    },
    add(columns, ops, from, to) {
      texts = columns.batch;
      for (let row = from; row < to; ) {
        const { at, count } = rows.reserve(to - row);
        take(columns, ops, row, at, count);
        row += count;
      }
    },
    mark(name, command) {
      if (marks.length === MAX_MARKS) throw new RecordingDamage(`more than ${MAX_MARKS} marks`);
      marks.push({ name, command, row: rows.length });
    },
    instanceOf: (number) => numbers.get(number) ?? -1,
    finish() {
      const problem = blocks.problem();
      if (problem !== null) throw new RecordingDamage(`of the heap ${context}: ${problem}`);
      const instances = blocks.instances().map((one, index) => {
        const count = found.get(index);
        return count === undefined ? one : { ...one, found: count };
      });
      const textOf = (name: SiteColumn | "thread", number: number): string => texts?.textOf(name, number) ?? "";
      const head = {
        version,
        context,
        blocks: blocks.count(),
        sites: sites.sites.map((numbers) => siteOfTexts(numbers, textOf)),
        threads: threads.map((number) => textOf("thread", number)),
        instances,
        marks,
        skipped: new Int32Array(0),
      };
      return packedTrace(head, rows.finish(), blocks.slots());
    },
  };
}
