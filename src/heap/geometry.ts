// Mirrors the sizes of OP-TEE 4.0.0 lib/libutils/isoc/bget.c for 4- and 8-byte words.

/** Bytes of a C `long` and of a pointer: 4 on arm (ILP32), 8 on aarch64 (LP64). */
export type Word = 4 | 8;

/** The sizes in bytes that follow from the word size. */
export interface Geometry {
  readonly word: Word;
  /** Block header: size of the free block before it, own size (positive free, negative allocated). */
  readonly header: number;
  /** Header of a free block: the block header and two links. */
  readonly freeHeader: number;
  /** Every size and address is a multiple of it (`SizeQuant`), so it is the smallest alignment, too. */
  readonly quantum: number;
  /** What stands as the size in the header that ends a pool: the most negative word. */
  readonly sentinel: number;
  /** Largest value of the C type `bufsize`. 2^63 stands for 2^63 - 1, nothing near it ever fits. */
  readonly longMax: number;
  /** Bits of `size_t`. */
  readonly bits: 32 | 64;
}

const ilp32: Geometry = {
  word: 4,
  header: 8,
  freeHeader: 16,
  quantum: 8,
  sentinel: -(2 ** 31),
  longMax: 2 ** 31 - 1,
  bits: 32,
};

const lp64: Geometry = {
  word: 8,
  header: 16,
  freeHeader: 32,
  quantum: 16,
  sentinel: -(2 ** 63),
  longMax: 2 ** 63,
  bits: 64,
};

/** The geometry of arm (4) or aarch64 (8). */
export function geometryOf(word: Word): Geometry {
  return word === 4 ? ilp32 : lp64;
}
