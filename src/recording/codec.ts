import { compress, decompress, init } from "@bokuweb/zstd-wasm";

/** Compresses the buffers of a recording: Zstandard, which every reader of Arrow streams has. */
export interface Codec {
  compress(bytes: Uint8Array): Uint8Array;
  /** Throws where the bytes are no Zstandard frame. */
  decompress(bytes: Uint8Array): Uint8Array;
}

/** Higher levels take several times the time for a tenth of the size. */
const LEVEL = 3;

/** The package breaks what is in use when it is told twice to begin. */
const ready = init();

/** Loads the codec. */
export async function loadCodec(): Promise<Codec> {
  await ready;
  return { compress: (bytes) => compress(bytes, LEVEL), decompress: (bytes) => decompress(bytes) };
}
