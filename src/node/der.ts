// DER, as much as keys need: ITU-T X.690. Numbers are below 2^524280.
import { bitLength, concat, toBytes } from "../tee/svc/numbers/bytes.ts";

/** A value with its tag and length. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concat(...parts);
  const { length } = body;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return concat(Uint8Array.of(tag, ...head), body);
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return der(0x30, ...parts);
}

/** A number that is not negative. */
export function integer(value: bigint): Uint8Array {
  return der(2, toBytes(value, Math.floor(bitLength(value) / 8) + 1));
}

export function octets(data: Uint8Array): Uint8Array {
  return der(4, data);
}

export function bits(data: Uint8Array): Uint8Array {
  return der(3, Uint8Array.of(0), data);
}
