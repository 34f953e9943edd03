// Reads the messages of an Arrow stream.
import { err, ok, type Result } from "../base/result.ts";
import type { BytesAt } from "./bytes_at.ts";
import { sumOfBody } from "./check_sums.ts";
import { columnsProblem, hasMessageAfter, type MessageAt, messageAt, sizeOfHead } from "./message_at.ts";
import type { ColumnData } from "./message_head.ts";
import { COLUMN_NAMES, isPerBatch } from "./schema.ts";
import type { SchemaHead } from "./schema_problem.ts";
import { EMPTY_STREAM, rowsProblem } from "./stream_limits.ts";

/** Columns of a message, and where they lie. */
export interface Part extends ColumnData {
  /** Offset of the message in the stream, of its body, and bytes of that. */
  readonly message: number;
  readonly at: number;
  readonly bytes: number;
  /** Checksum that the body has to have. */
  readonly sum: number;
}

/** A list of texts, for the column with this id. */
export interface DictionaryPart extends Part {
  readonly id: number;
}

/** A batch of rows, and the dictionaries that stand before it. */
export interface BatchPart extends Part {
  readonly dictionaries: readonly DictionaryPart[];
}

/** What a stream is made of. */
export interface StreamParts {
  readonly schema: SchemaHead;
  readonly batches: readonly BatchPart[];
  /** False where it ends without its end mark: whoever wrote it was stopped. */
  readonly ended: boolean;
}

/** Rows that a recording can have: their numbers have 32 bits. */
const MAX_ROWS = 2 ** 31 - 1;
/** Bytes that the heads of most messages fit into. */
const MOST_HEADS = 2048;
/** Bytes behind a cut that are looked at: no message is as large. */
const LARGEST = 2 ** 26;
/** Texts of all lists together that repeat those of the one before them. */
const MAX_TEXTS = 2 ** 23;
const DAMAGED = "the recording is damaged";
const FOREIGN = "an Arrow stream, but not one of 'teemem record': its first message has no checksums";

/**
 * Finds the messages of an Arrow IPC stream and checks the sums of their heads. A stream that was cut off gives what lies
 * before the cut, in whole batches; one that is damaged is an error.
 */
export function findParts(bytes: BytesAt): Result<StreamParts> {
  const batches: BatchPart[] = [];
  let schema: StreamParts["schema"] | null = null;
  let rows = 0;
  let texts = 0;
  let dictionaries: DictionaryPart[] = [];
  for (let at = 0; ; ) {
    const bad = (what: string): Result<never> => err(`${DAMAGED} in the message at byte ${at}: ${what}`);
    const message = headAt(bytes, at);
    if (message === "bad") return at === 0 ? err(FOREIGN) : bad("the checksum of its head is wrong");
    if (message === "end" || message === "cut") {
      const more = message === "end" ? bytes.size > at + 8 : hasMessageAfter(bytes.read(at, LARGEST), 0);
      if (more) return bad("too many bytes follow");
      return schema === null ? err(EMPTY_STREAM) : ok({ schema, batches, ended: message === "end" });
    }
    const { head, check } = message;
    const next = at + message.next;
    if (typeof head === "string") return bad(head);
    if ((head.kind === "schema") !== (schema === null)) return bad(schema === null ? "no schema" : "a second schema");
    if (head.kind === "schema") schema = head;
    else {
      const problem = columnsProblem(head);
      if (problem !== null) return bad(problem);
      const place = { message: at, at: at + message.body, bytes: message.next - message.body };
      const part = { length: head.length, regions: head.regions, ...place, sum: sumOfBody(check) };
      if (head.kind === "texts") {
        dictionaries.push({ ...part, id: head.id });
        if (!isPerBatch(COLUMN_NAMES[head.id])) texts += head.length;
        if (texts > MAX_TEXTS) return err(`all lists of this recording have more than ${MAX_TEXTS} texts`);
      } else {
        batches.push({ ...part, dictionaries });
        dictionaries = [];
        rows += head.length;
        if (rows > MAX_ROWS) return err(`the recording has more than ${MAX_ROWS} rows; record for a shorter time`);
        const tooMany = rowsProblem(rows, bytes.size);
        if (tooMany !== null) return err(`${DAMAGED}: ${tooMany}`);
      }
    }
    at = next;
  }
}

/** The message at an offset, of which only the head is read; its offsets are from there. */
function headAt(bytes: BytesAt, at: number): MessageAt | "end" | "cut" | "bad" {
  const first = bytes.read(at, MOST_HEADS);
  const length = first.length < 8 ? 0 : 8 + sizeOfHead(first, 0);
  return messageAt(length > first.length ? bytes.read(at, length) : first, 0, bytes.size - at);
}
