// EME-OAEP with a mask by another digest than the label's, which OpenSSL does not offer through Node: RFC 8017, chapter 7.1.
import { concat, equal, xor } from "./bytes.ts";
import { type Digest, mgf1 } from "./padding.ts";

/** The digests of a padding: one for the label, one for the masks. */
interface Digests {
  readonly label: Digest;
  readonly mask: Digest;
}

/** `seed` is as long as the label's digest. null for data that does not fit a modulus of `length` bytes. */
export function oaepPad(
  data: Uint8Array,
  length: number,
  label: Uint8Array,
  digests: Digests,
  seed: Uint8Array,
): Uint8Array | null {
  const sum = digests.label(label);
  const filling = length - data.length - 2 * sum.length - 2;
  if (filling < 0) return null;
  const block = concat(sum, new Uint8Array(filling), Uint8Array.of(1), data);
  const masked = xor(block, mgf1(seed, block.length, digests.mask));
  return concat(Uint8Array.of(0), xor(seed, mgf1(masked, seed.length, digests.mask)), masked);
}

/** What it holds; null if it is not that. */
export function oaepUnpad(encoded: Uint8Array, label: Uint8Array, digests: Digests): Uint8Array | null {
  const sum = digests.label(label);
  if (encoded.length < 2 * sum.length + 2 || encoded[0] !== 0) return null;
  const masked = encoded.subarray(1 + sum.length);
  const seed = xor(encoded.subarray(1, 1 + sum.length), mgf1(masked, sum.length, digests.mask));
  const block = xor(masked, mgf1(seed, masked.length, digests.mask));
  const rest = block.subarray(sum.length);
  const end = rest.findIndex((byte) => byte !== 0);
  return equal(block.subarray(0, sum.length), sum) && rest[end] === 1 ? rest.slice(end + 1) : null;
}
