// The shadow of a checked TA's memory, in the same memory: a byte for each 8, which says what of them the TA may touch. It is
// AddressSanitizer's, as clang's kernel flavour has it: 0 for all 8, 1 to 7 for the first ones, negative for none and why.

/** Where the shadow of address 0 lies, for all modules that are built with checks: `-asan-mapping-offset` of the compiler. */
export const SHADOW_OFFSET = 0x8000000;

/** Bytes of memory that a byte of shadow stands for. */
export const GRANULE = 8;

/** Why bytes may not be touched: AddressSanitizer's codes where it has one. */
export const POISON = {
  /** Of the heap, in no block: headers, what is free, what nobody asked for. */
  heap: 0xfa,
  freed: 0xfd,
  stackLeft: 0xf1,
  stackMiddle: 0xf2,
  stackRight: 0xf3,
  stackAfterReturn: 0xf5,
  stackOutOfScope: 0xf8,
  global: 0xf9,
  /** What the client of a call shares: the TA may touch it, and who reads it twice is told. */
  shared: 0xe8,
  /** Behind the memory of the module: what lies beside the parameters of a call. */
  outside: 0xe0,
  null: 0xe1,
} as const;

/** Bytes at NULL in which nothing lies. */
export const NULL_BYTES = 4096;

/** Where the shadow of what was never written begins (-msan-shadow-base), and that of where it comes from (-msan-origin-base). */
export const UNDEFINED_OFFSET = 0x10000000;
export const ORIGIN_OFFSET = 0x20000000;

/** The pages of 64 KiB that a module needs for its own pages and for the shadows of them. `full`: with the second and third. */
export function pagesWithShadow(pages: number, full: boolean): number {
  if (full) return ORIGIN_OFFSET / 65536 + pages;
  return Math.ceil((SHADOW_OFFSET + (pages * 65536) / GRANULE) / 65536);
}

export interface Shadow {
  /** What of memory has a shadow: addresses below this. */
  readonly limit: number;
  /** Nobody may touch these bytes. A granule that begins before them keeps its first bytes. */
  poison(at: number, length: number, code: number): void;
  /** The TA may touch these bytes. */
  open(at: number, length: number): void;
  /** The code of an address: 0 where the TA may touch it. */
  codeAt(at: number): number;
  /** The first of some bytes that the TA may not touch; -1 for none. */
  firstClosed(at: number, length: number): number;
  /** The nearest granule before an address that has one of these codes, or else at it; -1 where none lies within `reach` bytes. */
  before(at: number, codes: readonly number[], reach: number): number;
}

/** The shadow in the memory of an instance. */
export function createShadow(buffer: ArrayBufferLike, limit: number): Shadow {
  const bytes = new Uint8Array(buffer, SHADOW_OFFSET, Math.ceil(limit / GRANULE));
  const codeAt = (at: number): number => {
    const code = bytes[Math.floor(at / GRANULE)] ?? POISON.outside;
    return code === 0 || (code < GRANULE && at % GRANULE < code) ? 0 : code;
  };
  return {
    limit,
    codeAt,
    poison(at, length, code) {
      const first = Math.floor(at / GRANULE);
      const partial = at % GRANULE;
      const before = bytes[first] ?? 0;
      bytes.fill(code, first, Math.ceil((at + length) / GRANULE));
      if (partial !== 0 && length > 0)
        bytes[first] = before === 0 || (before < GRANULE && before > partial) ? partial : before;
    },
    open(at, length) {
      const end = at + length;
      bytes.fill(0, Math.floor(at / GRANULE), Math.floor(end / GRANULE));
      if (end % GRANULE !== 0 && length > 0) bytes[Math.floor(end / GRANULE)] = end % GRANULE;
    },
    firstClosed(at, length) {
      const end = at + length;
      for (let here = at; here < end; ) {
        if (codeAt(here) !== 0) return here;
        const code = bytes[Math.floor(here / GRANULE)];
        here = code === 0 ? (Math.floor(here / GRANULE) + 1) * GRANULE : here + 1;
      }
      return -1;
    },
    before(at, codes, reach) {
      const last = Math.max(0, Math.floor((at - reach) / GRANULE));
      for (let granule = Math.floor(at / GRANULE); granule >= last; granule--)
        if (codes.includes(bytes[granule] ?? 0)) return granule * GRANULE;
      return -1;
    },
  };
}
