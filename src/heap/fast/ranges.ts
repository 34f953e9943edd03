// Numbers of the short ways. Most make V8 sure of the range of an offset, so that it adds to it without checks.

/** Mask of all offsets that there can be. */
export const M = 0x7fffffff;
/** What must be 0 in the offset of a block: sign and fraction of a word. */
export const OUTSIDE = -0x7ffffffd;
/** What must be 0 in the size of a block, and in its distance from an address that is a multiple of 16: sign and fraction. */
export const UNEVEN = -0x7ffffff1;
/** The same for 4-byte words: distance from a multiple of 8. */
export const UNEVEN32 = -0x7ffffff9;
/** Square quanta per square byte. Not whole, so that V8 multiplies as it does with large numbers, from the start. */
export const SQUARES = 1 / 256;
/** The same for 4-byte words. */
export const SQUARES32 = 1 / 64;
