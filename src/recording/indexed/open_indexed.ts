// Opens a recording of which only an index is kept in memory.
import { err, ok, type Result } from "../../base/result.ts";
import { RecordingDamage } from "../buffers.ts";
import type { Codec } from "../codec.ts";
import { inputKind } from "../input_kind.ts";
import { belongsTo } from "./belongs_to.ts";
import { beginIndex, extendIndex, type IndexOptions } from "./build_index.ts";
import { converted } from "./converted.ts";
import { unpackIndex } from "./index_bytes.ts";
import type { IndexedRecording } from "./indexed_recording.ts";
import { createIndexedView } from "./indexed_view.ts";
import type { RangeBytes } from "./range_bytes.ts";
import type { RecordingIndex } from "./recording_index.ts";

/** How to open a recording. */
export interface OpenOptions extends IndexOptions {
  /** The bytes of an index, as `indexOf` gave them; what does not belong to the recording is not used. */
  readonly index?: Uint8Array;
  /** Name of the file, for a recording that is made of it. */
  readonly name?: string;
}

/**
 * Opens a recording of `teemem record`. Without an index all of it is read once; with one that covers its beginning, the
 * rest. Other files are turned into such a recording first. The error says what is wrong with the bytes.
 */
export async function openIndexed(bytes: RangeBytes, options: OpenOptions = {}): Promise<Result<IndexedRecording>> {
  const { loadCodec } = await import("../codec.ts");
  const codec = await loadCodec();
  try {
    const arrow = await arrowIn(bytes, options);
    if (!arrow.ok) return arrow;
    const index = await indexFor(arrow.value, codec, options);
    return index.ok ? ok(createIndexedView(arrow.value, index.value, codec)) : index;
  } catch (error) {
    if (error instanceof RecordingDamage) return err(error.text);
    throw error;
  }
}

/** Bytes that tell the kind of a file. */
const HEAD = 65536;

async function arrowIn(bytes: RangeBytes, { name = "", signal }: OpenOptions): Promise<Result<RangeBytes>> {
  const kind = inputKind(await bytes.read(0, HEAD, signal));
  return kind === "arrow" ? ok(bytes) : converted(bytes, name, signal);
}

async function indexFor(bytes: RangeBytes, codec: Codec, options: OpenOptions): Promise<Result<RecordingIndex>> {
  const known = options.index === undefined ? null : unpackIndex(options.index);
  const begun =
    known !== null && (await belongsTo(known, bytes, options.signal))
      ? ok(known)
      : await beginIndex(bytes, options.signal);
  if (begun.ok) await extendIndex(bytes, begun.value, codec, options);
  return begun;
}
