// Where the fields of a leak header (ENABLE_MDBG, upstream's struct mdbg_hdr) stand.

/** Bytes from the start of a leak header. The address of the file name stands at 0. */
export interface LeakFields {
  /** Line, 16 bits. */
  readonly line: number;
  /** Bytes of the payload, 32 bits. */
  readonly size: number;
  /** 0xadadadad, 32 bits. */
  readonly magic: number;
}

/** By the bytes of a pointer: 4 on arm, 8 on aarch64. */
export type LeakLayout = Readonly<Record<4 | 8, LeakFields>>;

const ARM: LeakFields = { line: 4, size: 8, magic: 12 };

/** Until 4.5: on aarch64 the last 8 bytes are padding. */
export const PADDED_BEHIND: LeakLayout = { 4: ARM, 8: { line: 8, size: 12, magic: 16 } };

/** Since 4.6: on aarch64 the padding stands before the size. */
export const PADDED_WITHIN: LeakLayout = { 4: ARM, 8: { line: 8, size: 24, magic: 28 } };
