// Whole numbers and texts as bytes: seven bits of a number in each byte, the lowest first; the eighth says that more follow.

/** Writes numbers from 0 to 2^64 and texts, one behind the other. */
interface NumberWriter {
  number(value: number): void;
  /** Any numbers: how far each is from the one before it, or as doubles where they are not all whole and below 2^51. */
  column(values: ArrayLike<number>): void;
  text(value: string): void;
  texts(values: readonly string[]): void;
  bytes(value: Uint8Array): void;
  take(): Uint8Array;
}

/** Reads what a `NumberWriter` wrote. Throws `BadNumbers` where it ends too early. */
export interface NumberReader {
  number(): number;
  column(): Float64Array;
  text(): string;
  texts(): string[];
  bytes(): Uint8Array;
}

/** Bytes that no `NumberWriter` wrote: caught where they are read. */
export class BadNumbers extends Error {}

const MORE = 128;
/** Bytes of a number: 2^64 has 65 bits. */
const LONGEST = 10;
/** Twice the distance of two numbers below it is exact. */
const EXACT = 2 ** 51;
const [DISTANCES, DOUBLES] = [0, 1];

/** Long: its functions share the bytes. */
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
  function text(value: string): void {
    bytes(new TextEncoder().encode(value));
  }
  return {
    number,
    column(values) {
      number(values.length);
      let exact = true;
      for (let n = 0; n < values.length && exact; n++) {
        const value = values[n] as number;
        exact = value >= 0 && value < EXACT && Number.isInteger(value);
      }
      number(exact ? DISTANCES : DOUBLES);
      if (!exact) bytes(new Uint8Array(Float64Array.from(values).buffer));
      let last = 0;
      for (let n = 0; n < values.length && exact; n++) {
        const distance = (values[n] as number) - last;
        number(distance < 0 ? -2 * distance - 1 : 2 * distance);
        last = values[n] as number;
      }
    },
    text,
    texts(values) {
      number(values.length);
      for (const value of values) text(value);
    },
    bytes,
    take: () => into.slice(0, length),
  };
}

export function createNumberReader(from: Uint8Array): NumberReader {
  let at = 0;
  function number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= MORE) {
      const byte = from[at++];
      if (byte === undefined) throw new BadNumbers("they end too early");
      value += (byte % MORE) * scale;
      if (byte < MORE) return value;
    }
  }
  /** How many follow: each takes a byte at least. */
  function count(): number {
    const value = number();
    if (value > from.length - at) throw new BadNumbers("there are fewer than it says");
    return value;
  }
  function bytes(): Uint8Array {
    const length = count();
    at += length;
    return from.subarray(at - length, at);
  }
  const text = (): string => new TextDecoder().decode(bytes());
  return {
    number,
    column() {
      const length = number();
      if (number() === DOUBLES) return new Float64Array(bytes().slice().buffer);
      if (length > from.length - at) throw new BadNumbers("there are fewer than it says");
      const values = new Float64Array(length);
      let last = 0;
      for (let n = 0; n < length; n++) {
        const value = number();
        last += value % 2 === 0 ? value / 2 : -(value + 1) / 2;
        values[n] = last;
      }
      return values;
    },
    text,
    texts: () => Array.from({ length: count() }, text),
    bytes,
  };
}
