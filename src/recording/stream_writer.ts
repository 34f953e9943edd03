// Writes the messages of an Arrow stream.
import { CompressionType, Message, type RecordBatch, RecordBatchStreamWriter, type Schema } from "apache-arrow";
import { crc32 } from "../replay/crc32.ts";
import { CHECK_BYTES, headSum } from "./check_sums.ts";
import type { Codec } from "./codec.ts";

/** Takes the bytes of a stream, in order. */
export type ByteSink = (bytes: Uint8Array) => void;

/** Writes the messages of an Arrow IPC stream. */
interface StreamWriter {
  write(batch: RecordBatch): void;
  /** Ends the stream; without it readers see one that was cut off. */
  end(): void;
}

/** Writes the schema, and then batches with compressed buffers and a checksum. */
export function createStreamWriter(schema: Schema, codec: Codec, sink: ByteSink): StreamWriter {
  const writer = new CheckedWriter(codec, sink);
  writer.begin(schema);
  return {
    write: (batch) => writer.write(batch),
    end: () => writer.end(),
  };
}

const ALIGNMENT = 8;
const PREFIX = 8;
const END_OF_STREAM = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/**
 * apache-arrow's writer with compression of our own: that of version 21.2 puts the compressed length before each buffer,
 * where the format wants the uncompressed one, and takes its codec from a global registry. Behind each head, where other
 * readers see padding, stand two checksums.
 */
class CheckedWriter extends RecordBatchStreamWriter {
  readonly #codec: Codec;
  readonly #sink: ByteSink;
  /** Sum of the body that was packed last. */
  #sum = 0;

  constructor(codec: Codec, sink: ByteSink) {
    super({ compressionType: CompressionType.ZSTD });
    this.#codec = codec;
    this.#sink = sink;
  }

  begin(schema: Schema): void {
    this.reset(undefined, schema);
  }

  end(): void {
    this.#sink(END_OF_STREAM);
  }

  protected override _write(chunk: Parameters<RecordBatchStreamWriter["_write"]>[0]): this {
    const bytes = bytesOf(chunk as ArrayBufferView);
    if (bytes.length > 0) this.#sink(bytes);
    return this;
  }

  protected override _writeMessage(message: Message): this {
    const head = Message.encode(message);
    const padded = Math.ceil(head.length / ALIGNMENT) * ALIGNMENT;
    const bytes = new Uint8Array(PREFIX + padded + CHECK_BYTES);
    const view = new DataView(bytes.buffer);
    view.setInt32(0, -1, true);
    view.setInt32(4, padded + CHECK_BYTES, true);
    bytes.set(head, PREFIX);
    view.setInt32(PREFIX + padded, this.#sum, true);
    view.setInt32(PREFIX + padded + 4, headSum(bytes.subarray(PREFIX)), true);
    this.#sum = 0;
    return this._write(bytes);
  }

  protected override _writeRecordBatch(batch: RecordBatch): this {
    // Dictionaries first, so that the body packed last is that of the message written next.
    this._writeDictionaries(batch);
    return super._writeRecordBatch(batch);
  }

  protected override _compressBodyBuffers(
    buffers: ArrayBufferView[],
  ): ReturnType<RecordBatchStreamWriter["_compressBodyBuffers"]> {
    const parts: Uint8Array[] = [];
    const bufferRegions: { offset: number; length: number }[] = [];
    let offset = 0;
    for (const buffer of buffers) {
      const [prefix, data, length] = this.#packed(bytesOf(buffer));
      parts.push(prefix, data);
      bufferRegions.push({ offset, length });
      offset += prefix.length + data.length;
    }
    this.#sum = parts.reduce((sum, part) => crc32(part, sum), 0);
    return { byteLength: offset, bufferRegions, buffers: parts };
  }

  /** Length before compression, the data filled up to a multiple of 8 bytes, and how many bytes the two really are. */
  #packed(bytes: Uint8Array): readonly [prefix: Uint8Array, data: Uint8Array, length: number] {
    if (bytes.length === 0) return [new Uint8Array(), new Uint8Array(), 0];
    const prefix = new Uint8Array(PREFIX);
    const packed = this.#codec.compress(bytes);
    const small = packed.length < bytes.length;
    const data = small ? packed : bytes;
    new DataView(prefix.buffer).setBigInt64(0, small ? BigInt(bytes.length) : -1n, true);
    const filled = new Uint8Array(Math.ceil(data.length / ALIGNMENT) * ALIGNMENT);
    filled.set(data);
    return [prefix, filled, PREFIX + data.length];
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
