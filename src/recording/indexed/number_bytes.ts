// Whole numbers and texts as bytes: seven bits of a number in each byte, the lowest first, the eighth says that more follow.

/** Writes numbers from 0 to 2^64 and texts one behind the other. */
interface NumberWriter {
  number(value: number): void;
  /** A number that may be negative. */
  signed(value: number): void;
  /** How far a number is from the one that this was called with before, from 0 at first. */
  text(value: string): void;
  bytes(value: Uint8Array): void;
  take(): Uint8Array;
}

/** Reads what a `NumberWriter` wrote; beyond the end it gives zeros. */
interface NumberReader {
  readonly at: number;
  number(): number;
  signed(): number;
  text(): string;
  bytes(): Uint8Array;
}

const MORE = 128;
/** Bytes of a number: 2^64 has 65 bits. */
const LONGEST = 10;

export function createNumberWriter(): NumberWriter {
  let into = new Uint8Array(1024);
  let length = 0;
  function room(more: number): void {
    if (length + more <= into.length) return;
    const larger = new Uint8Array(2 * (length + more));
    larger.set(into.subarray(0, length));
    into = larger;
  }
  function number(value: number): void {
    room(LONGEST);
    let left = value;
    for (; left >= MORE; left = Math.floor(left / MORE)) into[length++] = (left % MORE) + MORE;
    into[length++] = left;
  }
  function bytes(value: Uint8Array): void {
    number(value.length);
    room(value.length);
    into.set(value, length);
    length += value.length;
  }
  return {
    number,
    signed: (value) => number(value < 0 ? -2 * value - 1 : 2 * value),
    text: (value) => bytes(new TextEncoder().encode(value)),
    bytes,
    take: () => into.slice(0, length),
  };
}

export function createNumberReader(from: Uint8Array): NumberReader {
  let at = 0;
  function number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= MORE) {
      const byte = from[at++] ?? 0;
      value += (byte % MORE) * scale;
      if (byte < MORE) return value;
    }
  }
  function bytes(): Uint8Array {
    const length = number();
    const part = from.subarray(at, at + length);
    at += length;
    return part;
  }
  return {
    get at() {
      return at;
    },
    number,
    signed() {
      const value = number();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    text: () => new TextDecoder().decode(bytes()),
    bytes,
  };
}
