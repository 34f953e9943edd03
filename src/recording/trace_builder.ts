// Builds the trace of one heap from rows.
import { createBlocks } from "../replay/trace_blocks.ts";
import type { Mark, RecordedTrace, Site } from "../replay/trace_columns.ts";
import type { BatchColumns } from "./batch_columns.ts";
import { RecordingDamage } from "./buffers.ts";

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
  };
}

/** Puts the trace of one heap together, row by row. */
export interface TraceBuilder {
  /** Rows so far. */
  readonly rows: number;
  /** Takes row `at` of a batch, with the letter of its operation. Returns what is wrong with it, or null. */
  add(columns: EventColumns, at: number, letter: number, found: boolean): string | null;
  mark(name: string, command: string): void;
  /** Index of an instance by its number, -1 if it has no row. */
  instanceOf(number: number): number;
  /** Throws `RecordingDamage` where its instances do not fit into memory. */
  finish(): RecordedTrace;
}

type Numbers = Float64Array | Uint32Array;

const MAX_NARROW = 0xffffffff;
const MAX_MARKS = 2 ** 20;
const MAX_SITES = 2 ** 18;

/** A builder for exactly `room` rows. Long: one row of columns, written side by side. */
export function createTraceBuilder(context: string, version: string, room: number): TraceBuilder {
  const blocks = createBlocks(false);
  const instance = new Int32Array(room);
  const makes = new Int32Array(room);
  const ends = new Int32Array(room);
  const time = new Float64Array(room);
  const op = new Uint8Array(room);
  const pointer = new Float64Array(room);
  let size: Numbers = new Uint32Array(room);
  let arg: Numbers = new Uint32Array(room);
  const result = new Float64Array(room);
  let allocated: Numbers = new Uint32Array(room);
  const site = new Int32Array(room);
  const thread = new Int32Array(room);
  const marks: Mark[] = [];
  const sites: Site[] = [];
  const threads: string[] = [];
  const siteNumbers = new Map<number, number>();
  const threadNumbers = new Map<number, number>();
  const found = new Map<number, number>();
  const numbers = new Map<number, number>();
  let row = 0;

  function siteOf({ batch, func, place }: EventColumns, at: number): number {
    const key = (func[at] as number) * 2 ** 26 + (place[at] as number);
    const known = siteNumbers.get(key);
    if (known !== undefined) return known;
    if (sites.length === MAX_SITES) throw new RecordingDamage(`more than ${MAX_SITES} call sites`);
    siteNumbers.set(key, sites.length);
    return (
      sites.push({ func: batch.textOf("func", func[at] ?? -1), place: batch.textOf("place", place[at] ?? -1) }) - 1
    );
  }
  function threadOf({ batch, thread: texts }: EventColumns, at: number): number {
    const text = texts[at] as number;
    const known = threadNumbers.get(text);
    if (known !== undefined) return known;
    threadNumbers.set(text, threads.length);
    return threads.push(batch.textOf("thread", text)) - 1;
  }
  return {
    get rows() {
      return row;
    },
    add(columns, at, letter, wasFound) {
      const number = columns.instance[at] as number;
      const asked = columns.size[at] as number;
      const passed = columns.pointer[at] as number;
      const returned = columns.result[at] as number;
      const used = columns.allocated[at] as number;
      const problem = blocks.add(row, number, letter, passed, asked, returned, used);
      if (problem !== null) return problem;
      const index = blocks.last.instance;
      if (index === numbers.size) numbers.set(number, index);
      if (wasFound) found.set(index, (found.get(index) ?? 0) + 1);
      instance[row] = index;
      makes[row] = blocks.last.makes;
      ends[row] = blocks.last.ends;
      time[row] = columns.time[at] as number;
      op[row] = letter;
      pointer[row] = passed;
      const argument = columns.arg[at] as number;
      if (asked > MAX_NARROW) size = wide(size);
      if (argument > MAX_NARROW) arg = wide(arg);
      if (used > MAX_NARROW) allocated = wide(allocated);
      size[row] = asked;
      arg[row] = argument;
      result[row] = returned;
      allocated[row] = used;
      site[row] = siteOf(columns, at);
      thread[row] = threadOf(columns, at);
      row++;
      return null;
    },
    mark(name, command) {
      if (marks.length === MAX_MARKS) throw new RecordingDamage(`more than ${MAX_MARKS} marks`);
      marks.push({ name, command, row });
    },
    instanceOf: (number) => numbers.get(number) ?? -1,
    finish() {
      const problem = blocks.problem();
      if (problem !== null) throw new RecordingDamage(`of the heap ${context}: ${problem}`);
      const columns = { instance, time, op, pointer, size, arg, result, allocated, site, thread, makes, ends };
      const instances = blocks.instances().map((one, index) => {
        const count = found.get(index);
        return count === undefined ? one : { ...one, found: count };
      });
      const rest = { blocks: blocks.count(), sites, threads, instances, marks, skipped: new Int32Array(0) };
      return { version, context, length: row, ...columns, ...rest };
    },
  };
}

function wide(column: Numbers): Float64Array {
  return column instanceof Float64Array ? column : new Float64Array(column);
}
