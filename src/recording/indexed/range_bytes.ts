// Bytes that are read in parts, wherever they lie.

/** Bytes that are read in parts: a file, ranges over HTTP, a Blob of the browser, bytes in memory. */
export interface RangeBytes {
  /** How many there are. */
  readonly size: number;
  /** Bytes [offset, offset + length), fewer where they end before; rejects where they cannot be read. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** Bytes that are in memory. */
export function bytesInMemory(bytes: Uint8Array): RangeBytes {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
