/** A new array with all parts, one behind the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A new array: `a` with as much of `b` as it is long. */
export function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A number, most significant byte first, in so many bytes. Throws a RangeError if it needs more. */
export function toBytes(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const hex = value === 0n ? "" : value.toString(16);
  const padded = hex.length % 2 === 0 ? hex : `0${hex}`;
  if (padded.length / 2 > length) throw new RangeError(`a number of ${padded.length / 2} bytes in ${length}`);
  const from = length - padded.length / 2;
  for (let i = 0; i < padded.length / 2; i++) bytes[from + i] = Number.parseInt(padded.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** The number in bytes, most significant first. */
export function toNumber(bytes: Uint8Array): bigint {
  let hex = "0x0";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return BigInt(hex);
}

/** Bits that a number needs; 0 for 0. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

/** Four bytes, most significant first. */
export function wordBytes(value: number): Uint8Array {
  return Uint8Array.of((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}
