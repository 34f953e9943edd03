import { Message, type Schema } from "apache-arrow";
import { err, ok, type Result } from "../base/result.ts";
import { isBodyOf, isHead } from "./check_sums.ts";

/** Where a buffer lies: from the first byte of its message's body, in bytes. */
export interface Region {
  readonly offset: number;
  readonly length: number;
}

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
  readonly schema: Schema;
  readonly batches: readonly BatchPart[];
  /** False where it ends without its end mark: whoever wrote it was stopped. */
  readonly ended: boolean;
}

const MARK = 0xffffffff;
const ZSTD = 1;
const DAMAGED = "the recording is damaged";
const EMPTY = "the recording ends before its first message: nothing was recorded";
const FOREIGN = "an Arrow stream, but not one of 'teemem record': its first message has no check sums";

/**
 * Finds the messages of an Arrow IPC stream and checks their sums. A stream that was cut off gives what lies before the cut,
 * in whole batches; one that is damaged is an error.
 */
export function findParts(bytes: Uint8Array): Result<StreamParts> {
  const batches: BatchPart[] = [];
  let schema: Schema | null = null;
  let dictionaries: BatchPart["dictionaries"][number][] = [];
  for (let at = 0; ; ) {
    const bad = (what: string): Result<never> => err(`${DAMAGED} in the message at byte ${at}: ${what}`);
    const message = messageAt(bytes, at);
    if (message === "bad") return at === 0 ? err(FOREIGN) : bad("its head does not have its check sum");
    if (message === "end" || message === "cut") {
      const more = message === "end" ? bytes.length > at + 8 : hasMessageAfter(bytes, at);
      if (more) return bad("more follows than there should");
      return schema === null ? err(EMPTY) : ok({ schema, batches, ended: message === "end" });
    }
    const { head, check, body, next } = message;
    if (!isBodyOf(check, bytes.subarray(body, next))) return bad("its bytes do not have their check sum");
    if (head.isSchema() !== (schema === null)) return bad(schema === null ? "no schema" : "a second schema");
    if (schema === null) schema = head.header() as Schema;
    else {
      const dictionary = head.isDictionaryBatch() ? head.header() : null;
      const data = dictionary?.data ?? (head.isRecordBatch() ? head.header() : null);
      if (data?.compression?.type !== ZSTD) return bad("not columns that are compressed with Zstandard");
      const regions = data.buffers.map(({ offset, length }) => ({ offset, length }));
      const part = { length: data.length, regions, at: body };
      if (dictionary !== null) dictionaries.push({ ...part, id: dictionary.id });
      else {
        batches.push({ ...part, dictionaries });
        dictionaries = [];
      }
    }
    at = next;
  }
}

interface MessageAt {
  readonly head: Message;
  /** The head as it lies there, with its check sums. */
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
  const body = at + 8 + length;
  if (body > bytes.length) return "cut";
  // A copy, at an offset as flatbuffers want it. Nothing in it is looked at before its sum is right.
  const check = bytes.slice(at + 8, body);
  if (!isHead(check)) return "bad";
  const head = Message.decode(check);
  const next = body + head.bodyLength;
  return next > bytes.length ? "cut" : { head, check, body, next };
}

/** Whether a message begins somewhere behind an offset: then the stream was not cut there, but is damaged. */
function hasMessageAfter(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(255, from + 1); at >= 0; at = bytes.indexOf(255, at + 1)) {
    if (at % 8 !== 0 || at + 8 > bytes.length) continue;
    const message = messageAt(bytes, at);
    if (message === "end" ? at + 8 === bytes.length : typeof message === "object") return true;
  }
  return false;
}
