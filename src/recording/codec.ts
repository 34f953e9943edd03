// Loads Zstandard for the buffers of a recording.
import { compress, decompress, init } from "@bokuweb/zstd-wasm";

/** Compresses the buffers of a recording: Zstandard, which every reader of Arrow streams has. */
export interface Codec {
  compress(bytes: Uint8Array): Uint8Array;
  /**
   * Throws where the bytes are no Zstandard frame, or have more content than `most` bytes, which a frame needs that does not
   * declare its own.
   */
  decompress(bytes: Uint8Array, most?: number): Uint8Array;
}

/** Higher levels take several times the time for a tenth of the size. */
const LEVEL = 3;

/** The package breaks what is in use when it is told twice to begin. */
const ready = init();

/** Loads the codec. */
export async function loadCodec(): Promise<Codec> {
  await ready;
  return {
    compress: (bytes) => compress(bytes, LEVEL),
    decompress: (bytes, most) => decompress(bytes, most === undefined ? undefined : { defaultHeapSize: most }),
  };
}
