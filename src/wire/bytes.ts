// Little-endian words in a growing or a given buffer.

/** Collects bytes. */
export interface ByteWriter {
  u32(value: number): void;
  /** An integer from 0 to 2^53 - 1. */
  u64(value: number): void;
  raw(bytes: Uint8Array): void;
  /** Zeros up to the next multiple of four. */
  pad(): void;
  /** A copy of what was written. */
  bytes(): Uint8Array;
}

/** Reads bytes from the front. Behind the end everything is zero, and `failed` is set. */
export interface ByteReader {
  readonly failed: boolean;
  /** Bytes that are left. */
  readonly left: number;
  u32(): number;
  /** Beyond 2^53 - 1 it fails. */
  u64(): number;
  /** A copy of the next bytes. */
  raw(length: number): Uint8Array;
  /** Skips to the next multiple of four; fails unless zeros stand there. */
  pad(): void;
}

const WORD = 2 ** 32;

export function createWriter(): ByteWriter {
  let buffer = new Uint8Array(64);
  let view = new DataView(buffer.buffer);
  let used = 0;
  function reserve(count: number): number {
    const at = used;
    used += count;
    if (used > buffer.length) {
      const grown = new Uint8Array(Math.max(used, 2 * buffer.length));
      grown.set(buffer);
      buffer = grown;
      view = new DataView(grown.buffer);
    }
    return at;
  }
  return {
    // Room is made first: it may put another buffer in place of the one that is written to.
    u32(value) {
      const at = reserve(4);
      view.setUint32(at, value >>> 0, true);
    },
    u64(value) {
      const at = reserve(8);
      view.setUint32(at, value % WORD, true);
      view.setUint32(at + 4, Math.floor(value / WORD), true);
    },
    raw(bytes) {
      const at = reserve(bytes.length);
      buffer.set(bytes, at);
    },
    pad: () => void reserve((4 - (used % 4)) % 4),
    bytes: () => buffer.slice(0, used),
  };
}

export function createReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let failed = false;
  function take(count: number): number {
    const from = at;
    if (count > bytes.length - at) failed = true;
    else at += count;
    return from;
  }
  function u32(): number {
    const from = take(4);
    return failed ? 0 : view.getUint32(from, true);
  }
  return {
    get failed() {
      return failed;
    },
    get left() {
      return bytes.length - at;
    },
    u32,
    u64() {
      const low = u32();
      const high = u32();
      if (high >= 2 ** 21) failed = true;
      return failed ? 0 : high * WORD + low;
    },
    raw(length) {
      const from = take(length);
      return failed ? new Uint8Array() : bytes.slice(from, from + length);
    },
    pad() {
      const count = (4 - (at % 4)) % 4;
      const from = take(count);
      if (!failed && bytes.subarray(from, from + count).some((byte) => byte !== 0)) failed = true;
    },
  };
}
