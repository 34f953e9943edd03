/** A file of data/vectors: test vectors with where they were published, in the order of the sub cases. */
export interface VectorFile<T extends Sourced> {
  readonly cases: readonly T[];
}

/** What each vector has: the publication, such as "RFC 4231, case 2". */
export interface Sourced {
  readonly source: string;
}

/** Bytes of hexadecimal digits. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, n) => Number.parseInt(text.slice(2 * n, 2 * n + 2), 16));
}
