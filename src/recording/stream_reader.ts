// Reads the messages of an Arrow stream.
import { err, ok, type Result } from "../base/result.ts";
import { isBodyOf } from "./check_sums.ts";
import { columnsProblem, hasMessageAfter, messageAt } from "./message_at.ts";
import type { Region } from "./message_head.ts";
import { COLUMN_NAMES, PASSING_TEXT } from "./schema.ts";
import type { SchemaHead } from "./schema_problem.ts";

/** The part of a message that holds columns. */
export interface Part {
  /** Rows, or texts of a dictionary. */
  readonly length: number;
  readonly regions: readonly Region[];
  /** Offset of the body in the stream. */
  readonly at: number;
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

/** Rows that a recording can have: each takes up to 220 bytes of memory, and a map holds no more than 2^24 of anything. */
const MAX_ROWS = 2 ** 24 - 1;
/** A row of a recording takes 3.5 bytes of its file; only what was made to unpack to very much takes far less. */
const ROWS_PER_BYTE = 4;
const FEW_ROWS = 2 ** 20;
/** Texts of all lists together that repeat those of the one before them. */
const MAX_TEXTS = 2 ** 23;
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
  let dictionaries: DictionaryPart[] = [];
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
