// Finds one message of an Arrow stream.
import { isHead } from "./check_sums.ts";
import { BadHead } from "./flat_table.ts";
import { type Head, type MessageHead, readHead } from "./message_head.ts";
import { BATCH_ROWS, COLUMN_KINDS, COLUMN_NAMES, LATER_COLUMN } from "./schema.ts";

const MARK = 0xffffffff;
/** Bytes of a head: the schema's, which has the origin in it, is the largest. */
const MAX_HEAD = 2 ** 20;

/** A message among others. */
export interface MessageAt {
  /** What it says, or what is wrong with it though its sum is right. */
  readonly head: Head | string;
  /** The head as it lies there, with its checksums. */
  readonly check: Uint8Array;
  /** Offset of the body. */
  readonly body: number;
  /** Offset behind it. */
  readonly next: number;
}

/**
 * The message at an offset; `cut` where the stream ends before it does, `bad` where it cannot be one. Its body may lie behind
 * the bytes that are given, before `end`.
 */
export function messageAt(bytes: Uint8Array, at: number, end = bytes.length): MessageAt | "end" | "cut" | "bad" {
  if (at + 8 > bytes.length) return "cut";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(at, true) !== MARK) return "bad";
  const length = view.getUint32(at + 4, true);
  if (length === 0) return "end";
  if (length > MAX_HEAD) return "bad";
  const body = at + 8 + length;
  if (body > bytes.length) return "cut";
  // A copy, at an offset as flatbuffers want it. Nothing in it is looked at before its sum is right.
  const check = bytes.slice(at + 8, body);
  if (!isHead(check)) return "bad";
  const read = headIn(check);
  if (typeof read === "string") return { head: read, check, body, next: body };
  const next = body + read.bodyLength;
  return next > end ? "cut" : { head: read.head, check, body, next };
}

function headIn(check: Uint8Array): MessageHead | string {
  try {
    return readHead(check);
  } catch (error) {
    if (error instanceof BadHead) return `its head cannot be read: ${error.message}`;
    throw error;
  }
}

/** Whether a message begins somewhere behind an offset: then the stream was not cut there, but is damaged. */
export function hasMessageAfter(bytes: Uint8Array, from: number): boolean {
  // Of data that looks everywhere like a message, the sums would take the square of its length.
  let summed = MAX_HEAD + 2 * (bytes.length - from);
  for (let at = bytes.indexOf(255, from + 1); at >= 0; at = bytes.indexOf(255, at + 1)) {
    if (at % 8 !== 0 || at + 8 > bytes.length) continue;
    const message = messageAt(bytes, at);
    summed -= sizeOfHead(bytes, at);
    if (summed < 0) return true;
    if (message === "end" ? at + 8 === bytes.length : typeof message === "object") return true;
  }
  return false;
}

/** Bytes of the head of a message, 0 where there is none. */
export function sizeOfHead(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marked = view.getUint32(at, true) === MARK;
  const length = marked ? view.getUint32(at + 4, true) : 0;
  return length > MAX_HEAD ? 0 : length;
}

/** What no recording's columns are, or null. */
export function columnsProblem(head: Exclude<Head, { kind: "schema" }>): string | null {
  if (!head.compressed) return "its columns are not compressed with Zstandard";
  if (head.kind === "rows") {
    if (head.length > BATCH_ROWS) return `${head.length} rows; at most ${BATCH_ROWS} are possible`;
    const lacking = COLUMN_NAMES.length - head.regions.length / 2;
    return lacking === 0 || (lacking === 1 && COLUMN_NAMES.at(-1) === LATER_COLUMN)
      ? null
      : "it lacks buffers of some columns";
  }
  const name = COLUMN_NAMES[head.id];
  if (name === undefined || COLUMN_KINDS[name] !== "text") return `texts for the column ${head.id}, which takes none`;
  return head.regions.length === 3 ? null : "its buffers are not those of a list of texts";
}
