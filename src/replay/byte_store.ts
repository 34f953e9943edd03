// Where packed columns lie: in memory, or wherever a caller wants to keep them.

/** Takes bytes piece by piece, and gives the same pieces back. */
export interface ByteStore {
  /** Bytes so far: the offset of the next piece. */
  readonly length: number;
  /** Keeps a copy of the bytes behind all others. */
  append(bytes: Uint8Array): void;
  /** Fills `into` with the piece that begins at an offset: one that was appended, with the same length. */
  read(at: number, into: Uint8Array): void;
}

/** Keeps all pieces in memory. */
export function memoryStore(): ByteStore {
  const pieces = new Map<number, Uint8Array>();
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(bytes) {
      pieces.set(length, bytes.slice());
      length += bytes.length;
    },
    read(at, into) {
      into.set(pieces.get(at) ?? []);
    },
  };
}
