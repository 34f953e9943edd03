// Bytes that are read in parts, at once.

/** Bytes that are read in parts without waiting: in memory, or in a file. */
export interface BytesAt {
  /** How many there are. */
  readonly size: number;
  /** Bytes [at, at + length), fewer where they end before. */
  read(at: number, length: number): Uint8Array;
}

/** Bytes that are in memory. */
export function wholeBytes(given: Uint8Array): BytesAt {
  // Node's Buffer is one whose slices are no copies.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}
