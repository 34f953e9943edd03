// What a leak line is made of: `I/TC: buffer: 24 bytes core/mm/tee_mm.c:20`, as mdbg_check(1) of OP-TEE 1.0 to 4.10 prints it.

/** Who prints leak lines: the core, a TA, the loader. */
export const SENDERS: readonly string[] = ["TC", "TA", "LD"];

/** How a line names its sender, with one letter for the level; the long names are those of 1.0 to 2.x. */
export const SENDER = /[A-Z]\/(TC|TA|LD):|\b(?:(TEE-CORE)|USER-TA):/g;

/** The two words of the line. */
export const BUFFER = "buffer:";
export const BYTES = "bytes";

/** Characters of paths that compilers see. All others are damage, or belong to somebody else. */
export const PATH = /[\w./+@~-]/;

/** A longer path is none. */
export const LONGEST_PATH = 512;

/** Digits of a number of bytes: 32 bits. */
export const MOST_DIGITS = 10;

/** A block of the allocator's own file. */
const ALLOCATOR = /(?:^|\/)bget_malloc\.c:(\d{1,5})$/;

/** Lines at which malloc, calloc, realloc and memalign record themselves where the caller is not known, 4.0 to 4.10. */
const ENTRIES: ReadonlySet<number> = new Set([
  ...[768, 774, 780],
  ...[706, 718, 725, 731],
  ...[714, 726, 733, 739],
  ...[705, 717, 724, 730],
]);

/** What the allocator's own file stands for in a list: the table of the heap's pools, or a caller that is not known. */
export function allocatorBlock(site: string): "table" | "entry" | null {
  const line = ALLOCATOR.exec(site)?.[1];
  if (line === undefined) return null;
  return ENTRIES.has(Number(line)) ? "entry" : "table";
}
