// Turns the lines of a recorded heap trace into rows; the columns are explained in the head of each file.
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { ByteStore } from "./byte_store.ts";
import { createInterner } from "./interner.ts";
import { isPartOfComment, isPartOfRow } from "./last_line.ts";
import { createRowPacker } from "./packed_rows.ts";
import { packedTrace } from "./packed_trace.ts";
import { createBlocks } from "./trace_blocks.ts";
import type { Mark, RecordedTrace, Site } from "./trace_columns.ts";
import {
  COLUMNS,
  countFields,
  createFields,
  decimalIn,
  decode,
  endOf,
  explainFields,
  FIELD,
  hexadecimalIn,
  letterIn,
  splitFields,
  startOf,
} from "./trace_fields.ts";

const RETURN = 13;
const HASH = 35;
const TITLE = /^# OP-TEE (\S*) ?heap event trace(?:, context (\S+))?/;
const MARK = /^# mark begin (\S+)(?:\s+\((.*)\))?\s*$/;
/** The end of a place that was not cut in its name. */
const LINE_NUMBER = /:\d+$/;

const MAX_ROWS = 2 ** 31 - 1;
/** Lines that are none, marks among them, and distinct places and threads: each takes some hundred bytes. */
const MAX_OTHERS = 2 ** 22;
const MAX_MARKS = 2 ** 20;
const MAX_NAMES = 2 ** 18;

/** Takes the lines of a trace. */
interface TraceLines {
  /** Lines so far. */
  readonly count: number;
  /** Offset of the newline behind the line that was taken last, or of the end. */
  readonly next: number;
  /** Takes the line that begins at an offset. Returns what is wrong with it, or null. */
  take(bytes: Uint8Array, start: number): string | null;
  /** Takes what is behind the last newline. What is only the beginning of a line is left out. */
  takeLast(bytes: Uint8Array): string | null;
  finish(cut: boolean): Result<RecordedTrace>;
}

/** Makes rows, which are kept in `store`, of lines. Long: one row of columns, written side by side; no object per row. */
export function createTraceLines(store: ByteStore): TraceLines {
  const rows = createRowPacker(store);
  const { columns } = rows;
  const sites = createInterner();
  const threads = createInterner();
  const blocks = createBlocks(true);
  const fields = createFields();
  const head = { version: "", context: "" };
  const marks: Mark[] = [];
  const skipped: number[] = [];
  let line = 0;
  let next = 0;
  let isCut = false;

  function takeOther(text: string): string | null {
    skipped.push(rows.length);
    const problem = readComment(text, rows.length, head, marks);
    if (problem !== null) return `line ${line}: ${problem}`;
    if (skipped.length > MAX_OTHERS) return `line ${line}: more than ${MAX_OTHERS} lines are not events`;
    return marks.length > MAX_MARKS ? `line ${line}: more than ${MAX_MARKS} marks` : null;
  }
  function take(bytes: Uint8Array, start: number): string | null {
    line++;
    next = splitFields(bytes, start, fields);
    if (bytes[start] === HASH || next === start || (next === start + 1 && bytes[start] === RETURN))
      return takeOther(decode(bytes, start, bytes[next - 1] === RETURN ? next - 1 : next));
    const count = countFields(fields);
    if (count !== COLUMNS.length)
      return `line ${line}: expected ${COLUMNS.length} columns separated by tabs (${COLUMNS.join(" ")}), found ${count}`;
    const number = decimalIn(bytes, fields, FIELD.inst);
    const time = decimalIn(bytes, fields, FIELD.time);
    const letter = letterIn(bytes, fields);
    const pointer = hexadecimalIn(bytes, fields, FIELD.ptr);
    const size = decimalIn(bytes, fields, FIELD.size);
    const arg = decimalIn(bytes, fields, FIELD.arg);
    const result = hexadecimalIn(bytes, fields, FIELD.ret);
    const allocated = decimalIn(bytes, fields, FIELD.alloc);
    // A bad field is NaN, and so is the sum then: one test for a good row.
    if (Number.isNaN(number + time + letter + pointer + size + arg + result + allocated))
      return `line ${line}: ${explainFields(bytes, fields)}`;
    const problem = blocks.add(rows.length, number, letter, pointer, size, result, allocated);
    if (problem !== null) return `line ${line}: ${problem}`;
    const row = rows.next();
    columns.instance[row] = blocks.last.instance;
    columns.time[row] = time;
    columns.op[row] = letter;
    columns.pointer[row] = pointer;
    columns.size[row] = size;
    columns.arg[row] = arg;
    columns.result[row] = result;
    columns.allocated[row] = allocated;
    columns.makes[row] = blocks.last.makes;
    columns.ends[row] = blocks.last.ends;
    columns.thread[row] = threads.indexOf(bytes, startOf(fields, FIELD.tid), endOf(fields, FIELD.tid));
    columns.site[row] = sites.indexOf(bytes, startOf(fields, FIELD.func), endOf(fields, FIELD.loc));
    if (sites.count > MAX_NAMES || threads.count > MAX_NAMES)
      return `line ${line}: more than ${MAX_NAMES} callers or threads`;
    return rows.length > MAX_ROWS ? `line ${line}: more than ${MAX_ROWS} events` : null;
  }
  return {
    get count() {
      return line;
    },
    get next() {
      return next;
    },
    take,
    takeLast(bytes) {
      if (bytes.length === 0) return null;
      const whole = bytes.at(-1) === RETURN;
      if (bytes[0] === HASH) isCut = !whole && isPartOfComment(decode(bytes, 0, bytes.length));
      else {
        splitFields(bytes, 0, fields);
        const isRow = countFields(fields) === COLUMNS.length;
        const [from, to] = [startOf(fields, FIELD.func), endOf(fields, FIELD.loc)];
        isCut = !whole && isPartOfRow(bytes, fields) && !(isRow && sites.find(bytes, from, to) >= 0);
        // Who called it is not certain then, but all else is.
        if (isCut && isRow && LINE_NUMBER.test(decode(bytes, from, to))) return take(bytes, 0);
      }
      if (!isCut) return take(bytes, 0);
      line++;
      return null;
    },
    finish(cut) {
      const problem = blocks.problem();
      if (problem !== null) return err(problem);
      if (rows.length === 0) return err(`line ${line + 1}: expected a row of a heap trace, found the end of the file`);
      const rest = {
        ...head,
        blocks: blocks.count(),
        sites: sites.names().map(splitSite),
        threads: threads.names(),
        instances: blocks.instances(),
        marks,
        skipped: Int32Array.from(skipped),
        ...(cut || isCut ? { cut: true } : {}),
      };
      return ok(packedTrace(rest, rows.finish(), blocks.slots()));
    },
  };
}

/** Takes what a comment line tells, and returns what is wrong with it. */
function readComment(
  text: string,
  row: number,
  head: { version: string; context: string },
  marks: Mark[],
): string | null {
  const title = TITLE.exec(text);
  if (title) [, head.version = "", head.context = ""] = title;
  const mark = MARK.exec(text);
  if (mark) marks.push({ name: mark[1] ?? "", command: mark[2] ?? "", row });
  if (!text.startsWith("#inst\t") || text === `#${COLUMNS.join("\t")}`) return null;
  return `expected the columns ${COLUMNS.join(" ")}, found ${clip(text.slice(1).replaceAll("\t", " "))}`;
}

function splitSite(text: string): Site {
  const [func = "", place = ""] = text.split("\t");
  return { func, place };
}
