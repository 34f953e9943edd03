// Indexes a recording, from its beginning or from where an index ends.
import { err, ok, type Result } from "../../base/result.ts";
import { type BatchDecoder, createBatchDecoder } from "../batch_columns.ts";
import { bodyAt, RecordingDamage } from "../buffers.ts";
import type { Codec } from "../codec.ts";
import { COLUMN_NAMES, META, PASSING_TEXT } from "../schema.ts";
import { schemaProblem } from "../schema_problem.ts";
import { createSiteNumbers } from "../site_numbers.ts";
import { EMPTY_STREAM, rowsProblem } from "../stream_limits.ts";
import { SMALL, TEXT_COLUMNS, textsPart } from "./batch_source.ts";
import { createHeapKeys } from "./heap_keys.ts";
import { type IndexParts, takeBatch } from "./index_builder.ts";
import { readMessage, readMessages, type StreamMessage } from "./messages.ts";
import type { RangeBytes } from "./range_bytes.ts";
import type { RecordingIndex } from "./recording_index.ts";

export interface IndexOptions {
  /** Is told which part of the bytes is done, from 0 to 1. */
  readonly progress?: (part: number) => void;
  readonly signal?: AbortSignal;
}

/** An index that covers the schema alone. An error where the bytes are no recording. */
export async function beginIndex(bytes: RangeBytes, signal?: AbortSignal): Promise<Result<RecordingIndex>> {
  const first = await readMessages(bytes, 0, signal).next();
  if (first.done === true) return err(EMPTY_STREAM);
  const { head, next } = first.value;
  if (head.kind !== "schema") return err("the recording is damaged: no schema");
  const problem = schemaProblem(head);
  if (problem !== null) return err(problem);
  const { metadata } = head;
  return ok({
    origin: metadata.get(META.origin) ?? "",
    version: metadata.get(META.release) ?? "",
    covered: next,
    ended: false,
    length: 0,
    from: 0,
    to: 0,
    texts: new Map(),
    sites: [],
    batches: [],
    heaps: [],
    marks: [],
    entries: [],
    findings: [],
    contexts: new Map(),
  });
}

/** Goes on with an index up to the end of the bytes. Throws `RecordingDamage`. */
export async function extendIndex(
  bytes: RangeBytes,
  index: RecordingIndex,
  codec: Codec,
  { progress, signal }: IndexOptions,
): Promise<void> {
  if (index.ended) return;
  const decoder = createBatchDecoder(codec, index.texts);
  const lists = [...(index.batches.at(-1)?.lists ?? TEXT_COLUMNS.map(() => -1))];
  for (const at of lists) if (at >= 0) takeTexts(decoder, await readMessage(bytes, at, SMALL, signal));
  const numberOf = (column: "heap" | "name", text: string): number =>
    decoder.list(COLUMN_NAMES.indexOf(column)).numbers.get(text) ?? -1;
  const parts: IndexParts = {
    index,
    keys: createHeapKeys(index, numberOf),
    sites: createSiteNumbers(index.sites),
  };
  const messages = readMessages(bytes, index.covered, signal);
  let next = await messages.next();
  for (; next.done !== true; next = await messages.next()) {
    takeMessage(parts, decoder, lists, next.value);
    progress?.(next.value.next / bytes.size);
  }
  index.ended = next.value.ended;
  for (const id of TEXT_COLUMNS) index.texts.set(id, COLUMN_NAMES[id] === PASSING_TEXT ? [] : decoder.list(id).texts);
}

function takeTexts(decoder: BatchDecoder, message: StreamMessage): void {
  decoder.dictionary(textsPart(message), bodyAt(message.bytes, message.body));
}

/** Enters a message; `lists` are the offsets of those in force. */
function takeMessage(parts: IndexParts, decoder: BatchDecoder, lists: number[], message: StreamMessage): void {
  const { index } = parts;
  const { head, at, sum, next } = message;
  if (head.kind === "schema") throw new RecordingDamage("a second schema");
  if (head.kind === "texts") {
    takeTexts(decoder, message);
    lists[TEXT_COLUMNS.indexOf(head.id)] = at;
    return;
  }
  const problem = rowsProblem(index.length + head.length, next);
  if (problem !== null) throw new RecordingDamage(problem);
  takeBatch(parts, decoder.columns(head, bodyAt(message.bytes, message.body)), {
    at,
    bytes: next - at,
    sum,
    lists: [...lists],
  });
  index.covered = next;
}
