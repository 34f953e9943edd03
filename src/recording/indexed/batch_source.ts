// Unpacks any batch of a recording that is indexed.
import { type BatchColumns, type BatchDecoder, createBatchDecoder, type TextList } from "../batch_columns.ts";
import { bodyAt, RecordingDamage } from "../buffers.ts";
import type { Codec } from "../codec.ts";
import type { ColumnData } from "../message_head.ts";
import { COLUMN_NAMES, columnsOf } from "../schema.ts";
import { readMessage, type StreamMessage } from "./messages.ts";
import type { RangeBytes } from "./range_bytes.ts";
import type { IndexedBatch, RecordingIndex } from "./recording_index.ts";

/** Ids of the columns that have lists of texts, in the order of `IndexedBatch.lists`. */
export const TEXT_COLUMNS = columnsOf("text").map((name) => COLUMN_NAMES.indexOf(name));

/** Gives the columns of batches. */
export interface BatchSource {
  columns(batch: IndexedBatch, signal?: AbortSignal): Promise<BatchColumns>;
}

/** Bytes that most lists of texts fit into. */
export const SMALL = 2 ** 16;
/** Lists of texts that are kept: those of some batches. */
const MOST_LISTS = 64;

/** Reads batches and the lists that they need. It throws `RecordingDamage`, also where the recording is not the one of the index. */
export function createBatchSource(bytes: RangeBytes, { texts }: RecordingIndex, codec: Codec): BatchSource {
  const decoder: BatchDecoder = createBatchDecoder(codec, texts);
  const lists = new Map<number, TextList>();

  async function listAt(at: number, id: number, signal?: AbortSignal): Promise<TextList> {
    const known = lists.get(at);
    if (known !== undefined) {
      lists.delete(at);
      lists.set(at, known);
      return known;
    }
    const message = await readMessage(bytes, at, SMALL, signal);
    const part = textsPart(message);
    if (part.id !== id) throw new RecordingDamage("the texts of another column", { at });
    decoder.dictionary(part, bodyAt(message.bytes, message.body));
    lists.set(at, decoder.list(id));
    const [oldest] = lists.keys();
    if (lists.size > MOST_LISTS && oldest !== undefined) lists.delete(oldest);
    return decoder.list(id);
  }
  return {
    async columns(batch, signal) {
      const wanted: [number, TextList][] = [];
      for (const [n, at] of batch.lists.entries()) {
        const id = TEXT_COLUMNS[n] as number;
        if (at >= 0) wanted.push([id, await listAt(at, id, signal)]);
      }
      const message = await readMessage(bytes, batch.at, batch.bytes, signal);
      if (message.sum !== batch.sum || message.head.kind !== "rows")
        throw new RecordingDamage("it is not the one of its index");
      // Nothing is awaited from here on, so that no other batch changes the lists.
      for (const [id, list] of wanted) decoder.use(id, list);
      return decoder.columns(message.head, bodyAt(message.bytes, message.body));
    },
  };
}

/** The texts that a message has, as a decoder takes them. */
export function textsPart({ head, at }: StreamMessage): ColumnData & { readonly id: number } {
  if (head.kind !== "texts") throw new RecordingDamage("no texts", { at });
  return head;
}
