// Reads the messages of an Arrow stream.
import { err, ok, type Result } from "../base/result.ts";
import { isBodyOf, isHead } from "./check_sums.ts";
import { BadHead } from "./flat_table.ts";
import { type Head, type MessageHead, type Region, readHead } from "./message_head.ts";
import { BATCH_ROWS, COLUMN_KINDS, COLUMN_NAMES, PASSING_TEXT } from "./schema.ts";

/** The part of a message that holds columns. */
export interface Part {
  /** Rows, or texts of a dictionary. */
  readonly length: number;
  readonly regions: readonly Region[];
  /** Offset of the body in the stream. */
  readonly at: number;
}

/** A batch of rows, and the dictionaries that stand before it. */
export interface BatchPart extends Part {
  readonly dictionaries: readonly (Part & { readonly id: number })[];
}

/** What a stream is made of. */
export interface StreamParts {
  readonly schema: Extract<Head, { kind: "schema" }>;
  readonly batches: readonly BatchPart[];
  /** False where it ends without its end mark: whoever wrote it was stopped. */
  readonly ended: boolean;
}

const MARK = 0xffffffff;
/** Rows that a recording can have: each takes up to 220 bytes of memory, and a map holds no more than 2^24 of anything. */
const MAX_ROWS = 2 ** 24 - 1;
/** A row of a recording takes 3.5 bytes of its file; only what was made to unpack to very much takes far less. */
const ROWS_PER_BYTE = 4;
const FEW_ROWS = 2 ** 20;
/** Texts of all lists together that repeat those of the one before them. */
const MAX_TEXTS = 2 ** 23;
/** Bytes of a head: the schema's, which has the origin in it, is the largest. */
const MAX_HEAD = 2 ** 20;
const DAMAGED = "the recording is damaged";
const EMPTY = "the recording is empty: it ends before its first message";
const FOREIGN = "an Arrow stream, but not one of 'teemem record': its first message has no checksums";

/**
 * Finds the messages of an Arrow IPC stream and checks their sums. A stream that was cut off gives what lies before the cut,
 * in whole batches; one that is damaged is an error.
 */
export function findParts(bytes: Uint8Array): Result<StreamParts> {
  const batches: BatchPart[] = [];
  let schema: StreamParts["schema"] | null = null;
  let rows = 0;
  let texts = 0;
  let dictionaries: BatchPart["dictionaries"][number][] = [];
  for (let at = 0; ; ) {
    const bad = (what: string): Result<never> => err(`${DAMAGED} in the message at byte ${at}: ${what}`);
    const message = messageAt(bytes, at);
    if (message === "bad") return at === 0 ? err(FOREIGN) : bad("the checksum of its head is wrong");
    if (message === "end" || message === "cut") {
      const more = message === "end" ? bytes.length > at + 8 : hasMessageAfter(bytes, at);
      if (more) return bad("too many bytes follow");
      return schema === null ? err(EMPTY) : ok({ schema, batches, ended: message === "end" });
    }
    const { head, check, body, next } = message;
    if (typeof head === "string") return bad(head);
    if (!isBodyOf(check, bytes.subarray(body, next))) return bad("the checksum of its bytes is wrong");
    if ((head.kind === "schema") !== (schema === null)) return bad(schema === null ? "no schema" : "a second schema");
    if (head.kind === "schema") schema = head;
    else {
      const problem = columnsProblem(head);
      if (problem !== null) return bad(problem);
      const part = { length: head.length, regions: head.regions, at: body };
      if (head.kind === "texts") {
        dictionaries.push({ ...part, id: head.id });
        if (COLUMN_NAMES[head.id] !== PASSING_TEXT) texts += head.length;
        if (texts > MAX_TEXTS) return err(`all lists of this recording have more than ${MAX_TEXTS} texts`);
      } else {
        batches.push({ ...part, dictionaries });
        dictionaries = [];
        rows += head.length;
        if (rows > MAX_ROWS) return err(`the recording has more than ${MAX_ROWS} rows; record for a shorter time`);
        if (rows > FEW_ROWS + ROWS_PER_BYTE * bytes.length)
          return err(`${DAMAGED}: its ${bytes.length} bytes cannot hold ${rows} rows`);
      }
    }
    at = next;
  }
}

/** What no recording's columns are, or null. */
function columnsProblem(head: Exclude<Head, { kind: "schema" }>): string | null {
  if (!head.compressed) return "its columns are not compressed with Zstandard";
  if (head.kind === "rows") {
    if (head.length > BATCH_ROWS) return `${head.length} rows; at most ${BATCH_ROWS} are possible`;
    return head.regions.length === 2 * COLUMN_NAMES.length ? null : "it lacks buffers of some columns";
  }
  const name = COLUMN_NAMES[head.id];
  if (name === undefined || COLUMN_KINDS[name] !== "text") return `texts for the column ${head.id}, which takes none`;
  return head.regions.length === 3 ? null : "its buffers are not those of a list of texts";
}

interface MessageAt {
  /** What it says, or what is wrong with it though its sum is right. */
  readonly head: Head | string;
  /** The head as it lies there, with its checksums. */
  readonly check: Uint8Array;
  /** Offset of the body. */
  readonly body: number;
  /** Offset behind it. */
  readonly next: number;
}

/** The message at an offset; `cut` where the stream ends before it does, `bad` where it cannot be one. */
function messageAt(bytes: Uint8Array, at: number): MessageAt | "end" | "cut" | "bad" {
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
  return next > bytes.length ? "cut" : { head: read.head, check, body, next };
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
function hasMessageAfter(bytes: Uint8Array, from: number): boolean {
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

/** Bytes that were summed up to look at a message. */
function sizeOfHead(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marked = view.getUint32(at, true) === MARK;
  const length = marked ? view.getUint32(at + 4, true) : 0;
  return length > MAX_HEAD ? 0 : length;
}
