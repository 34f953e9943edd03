// Memory as C sees it.

/** Memory as C sees it. Out-of-bounds is a TaPanic, as a data abort. */
export interface CMemory {
  readonly word: 4 | 8;
  u8(at: number): number;
  u32(at: number): number;
  setU32(at: number, v: number): void;
  u64(at: number): number;
  setU64(at: number, v: number): void;
  /** size_t, pointer */
  size(at: number): number;
  setSize(at: number, v: number): void;
  /** A view; valid for the call. */
  bytes(at: number, length: number): Uint8Array;
  text(at: number, length?: number): string;
  /** False for what the caller of the TA shares. */
  own(at: number, length: number): boolean;
  /** The host touches this on behalf of the TA, which has the right to. */
  touched(at: number, length: number, write: boolean): void;
  writable(at: number, length: number): boolean;
}
