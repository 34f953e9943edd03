// Memory as C sees it.

/** Memory as C sees it. Out-of-bounds is a TaPanic, as a data abort. */
export interface CMemory {
  readonly word: 4 | 8;
  /** The byte at an address. */
  u8(at: number): number;
  /** The unsigned 32-bit word at an address. */
  u32(at: number): number;
  /** Writes a 32-bit word. */
  setU32(at: number, v: number): void;
  /** The unsigned 64-bit word at an address, exact up to 2^53. */
  u64(at: number): number;
  /** Writes a 64-bit word. */
  setU64(at: number, v: number): void;
  /** size_t, pointer */
  size(at: number): number;
  /** Writes a `size_t`. */
  setSize(at: number, v: number): void;
  /** A view; valid for the call. */
  bytes(at: number, length: number): Uint8Array;
  /** The text at an address: of `length` bytes, else up to its 0. */
  text(at: number, length?: number): string;
  /** False for what the caller of the TA shares. */
  own(at: number, length: number): boolean;
  /** The host touches this on behalf of the TA, which has the right to. */
  touched(at: number, length: number, write: boolean): void;
  /** True if the TA may write there. */
  writable(at: number, length: number): boolean;
}
