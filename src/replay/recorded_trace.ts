// Reads the heap event traces of reference/optee-4.0.0/heap-trace; the columns are explained in the head of each file.
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { createInterner } from "./interner.ts";
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

const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
const [ZERO, NINE] = [48, 57];
const TITLE = /^# OP-TEE (\S*) ?heap event trace(?:, context (\S+))?/;
const MARK = /^# mark begin (\S+)(?:\s+\((.*)\))?\s*$/;

/** More would need more memory than a process has: 75 bytes for each. */
const MAX_ROWS = 2 ** 24 - 1;
/** Lines that are none, marks among them, and distinct places and threads: each takes some hundred bytes. */
const MAX_OTHERS = 2 ** 22;
const MAX_MARKS = 2 ** 20;
const MAX_NAMES = 2 ** 18;
/** Bytes of the shortest row: ten tabs and eight digits or letters. */
const SHORTEST_ROW = 18;
const PROGRESS_LINES = 65536;

/**
 * Reads a recorded trace. The error names the line and what was expected there. `onProgress` receives the number of bytes done.
 * Long: one pass over the bytes without an object per row.
 */
export function parseRecordedTrace(bytes: Uint8Array, onProgress?: (done: number) => void): Result<RecordedTrace> {
  const room = countRows(bytes);
  if (room > MAX_ROWS) return err(`the trace has ${room} events; at most ${MAX_ROWS} are possible`);
  const time = new Float64Array(room);
  const op = new Uint8Array(room);
  const pointer = new Float64Array(room);
  const size = new Float64Array(room);
  const arg = new Float64Array(room);
  const result = new Float64Array(room);
  const allocated = new Float64Array(room);
  const site = new Int32Array(room);
  const thread = new Int32Array(room);
  const sites = createInterner(bytes);
  const threads = createInterner(bytes);
  const blocks = createBlocks(room);
  const fields = createFields();
  const head = { version: "", context: "" };
  const marks: Mark[] = [];
  const skipped: number[] = [];
  let row = 0;
  let line = 0;

  for (let start = 0, next = 0; start < bytes.length; start = next + 1) {
    line++;
    if (line % PROGRESS_LINES === 0) onProgress?.(start);
    next = splitFields(bytes, start, fields);
    if (bytes[start] === HASH || next === start || (next === start + 1 && bytes[start] === RETURN)) {
      skipped.push(row);
      const end = bytes[next - 1] === RETURN ? next - 1 : next;
      const problem = readComment(decode(bytes, start, end), row, head, marks);
      if (problem !== null) return err(`line ${line}: ${problem}`);
      if (skipped.length > MAX_OTHERS) return err(`line ${line}: more than ${MAX_OTHERS} lines are not events`);
      if (marks.length > MAX_MARKS) return err(`line ${line}: more than ${MAX_MARKS} marks`);
      continue;
    }
    const count = countFields(fields);
    if (count !== COLUMNS.length) {
      return err(
        `line ${line}: expected ${COLUMNS.length} columns separated by tabs (${COLUMNS.join(" ")}), found ${count}`,
      );
    }
    const number = decimalIn(bytes, fields, FIELD.inst);
    const at = decimalIn(bytes, fields, FIELD.time);
    const letter = letterIn(bytes, fields);
    const passed = hexadecimalIn(bytes, fields, FIELD.ptr);
    const bytesAsked = decimalIn(bytes, fields, FIELD.size);
    const argument = decimalIn(bytes, fields, FIELD.arg);
    const returned = hexadecimalIn(bytes, fields, FIELD.ret);
    const used = decimalIn(bytes, fields, FIELD.alloc);
    // A bad field is NaN, and so is the sum then: one test for a good row.
    if (Number.isNaN(number + at + letter + passed + bytesAsked + argument + returned + used)) {
      return err(`line ${line}: ${explainFields(bytes, fields)}`);
    }
    const problem = blocks.add(row, number, letter, passed, bytesAsked, returned, used);
    if (problem !== null) return err(`line ${line}: ${problem}`);
    time[row] = at;
    op[row] = letter;
    pointer[row] = passed;
    size[row] = bytesAsked;
    arg[row] = argument;
    result[row] = returned;
    allocated[row] = used;
    thread[row] = threads.indexOf(startOf(fields, FIELD.tid), endOf(fields, FIELD.tid));
    site[row] = sites.indexOf(startOf(fields, FIELD.func), endOf(fields, FIELD.loc));
    if (sites.count > MAX_NAMES || threads.count > MAX_NAMES)
      return err(`line ${line}: more than ${MAX_NAMES} callers or threads`);
    row++;
  }
  const problem = blocks.problem();
  if (problem !== null) return err(problem);
  if (row === 0) return err(`line ${line + 1}: expected a row of a heap trace, found the end of the file`);
  return ok({
    ...head,
    length: row,
    instance: blocks.instance.subarray(0, row),
    time: time.subarray(0, row),
    op: op.subarray(0, row),
    pointer: pointer.subarray(0, row),
    size: size.subarray(0, row),
    arg: arg.subarray(0, row),
    result: result.subarray(0, row),
    allocated: allocated.subarray(0, row),
    site: site.subarray(0, row),
    thread: thread.subarray(0, row),
    makes: blocks.makes.subarray(0, row),
    ends: blocks.ends.subarray(0, row),
    blocks: blocks.count(),
    sites: sites.names().map(splitSite),
    threads: threads.names(),
    instances: blocks.instances(),
    marks,
    skipped: Int32Array.from(skipped),
  });
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

/** How many lines can be rows. Blank lines and comments are as many as they like. */
function countRows(bytes: Uint8Array): number {
  let rows = 0;
  for (let start = 0; start < bytes.length; ) {
    const first = bytes[start] as number;
    if (first === NEWLINE) start++;
    else {
      const found = bytes.indexOf(NEWLINE, start);
      const end = found < 0 ? bytes.length : found;
      if (first >= ZERO && first <= NINE && end - start >= SHORTEST_ROW) rows++;
      start = end + 1;
    }
  }
  return rows;
}
