// The operations of the malloc layer: one row each, under the letter that the reference heap traces have for it.

interface OperationRow {
  /** Name in recordings. */
  readonly name: string;
  /** It asks for memory, and can fail. */
  readonly asks: boolean;
  /** It ends the block that is passed in; one that also asks (realloc) only if it succeeds. */
  readonly ends: boolean;
}

/** All operations. `A` is both memalign and aligned_alloc. */
export const OPERATIONS = {
  P: { name: "add_pool", asks: false, ends: false },
  M: { name: "malloc", asks: true, ends: false },
  C: { name: "calloc", asks: true, ends: false },
  R: { name: "realloc", asks: true, ends: true },
  A: { name: "memalign", asks: true, ends: false },
  F: { name: "free", asks: false, ends: true },
  W: { name: "free_wipe", asks: false, ends: true },
} as const satisfies Readonly<Record<string, OperationRow>>;

/** Letter of an operation. */
export type HeapOp = keyof typeof OPERATIONS;

/** Char code of each letter. Columns and frames hold codes. */
export const OP = { P: 80, M: 77, C: 67, R: 82, A: 65, F: 70, W: 87 } as const satisfies Readonly<
  Record<HeapOp, number>
>;

export const HEAP_OPS = Object.keys(OPERATIONS) as readonly HeapOp[];

const LETTERS = byCode((letter) => letter);
const NAMES = byCode((letter) => OPERATIONS[letter].name);
const ASKS = byCode((letter) => OPERATIONS[letter].asks);
const RELEASES = byCode((letter) => OPERATIONS[letter].ends && !OPERATIONS[letter].asks);

/** The letter with a char code, undefined where that is none. */
export function letterOf(code: number): HeapOp | undefined {
  return LETTERS[code];
}

/** The name of the operation with a char code, undefined where that is none. */
export function operationName(code: number): (typeof OPERATIONS)[HeapOp]["name"] | undefined {
  return NAMES[code];
}

/** True if the operation with this code asks for memory: malloc, calloc, realloc, memalign. */
export function asksMemory(code: number): boolean {
  return ASKS[code] === true;
}

/** True if the operation with this code does nothing but end a block: free, free_wipe. */
export function isRelease(code: number): boolean {
  return RELEASES[code] === true;
}

/** A table of what each operation has, by char code. */
export function byCode<T>(of: (letter: HeapOp) => T): (T | undefined)[] {
  const list: (T | undefined)[] = [];
  for (const letter of HEAP_OPS) list[OP[letter]] = of(letter);
  return list;
}
