// Parses a golden trace.
import { linesOf } from "../base/lines.ts";
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { rangeProblem } from "./golden_ranges.ts";

/** One line of a golden trace: the letter, its numbers, and where the call stands. */
export interface GoldenOp {
  readonly op: string;
  /** Safe integers as numbers, others as bigint; not yet reduced to the word size. */
  readonly args: readonly (number | bigint)[];
  /** File name, null for `-`, undefined if the line names none. */
  readonly file: string | null | undefined;
  readonly line: number;
  /** Line of the trace file, from 1. */
  readonly at: number;
}

/** A parsed golden trace. */
export interface GoldenTrace {
  /** Bytes of the arena. */
  readonly arena: number;
  readonly ops: readonly GoldenOp[];
}

/** Numbers after the letter, and whether `FILE LINE` may follow. `opt` is read apart. */
const SHAPES: ReadonlyMap<string, readonly [numbers: number, site: boolean]> = new Map(
  Object.entries({
    pool: [2, false],
    m: [2, true],
    c: [3, true],
    r: [3, true],
    a: [3, true],
    A: [3, true],
    f: [1, false],
    w: [1, false],
    x: [1, false],
    p: [3, false],
    q: [2, false],
    Q: [3, false],
    s: [0, false],
    R: [0, false],
    v: [0, false],
    d: [0, false],
    D: [0, false],
    churn: [8, false],
    G: [4, false],
    Z: [4, false],
    Y: [5, false],
    B: [1, false],
    P: [3, false],
  }),
);

const NO_ARENA = "expected 'arena LENGTH' as the first line of a heap trace";
const MAX_ARENA = 2 ** 30;
/** Bytes of a trace that can be held as operations. */
export const LARGEST_GOLDEN = 2 ** 26;
/** Characters of a line, and what a trace may do. */
const LONGEST = 4096;
const MAX_OPERATIONS = 2 ** 21;
/** Large numbers take more than linear time to read. */
const LONGEST_NUMBER = 64;
const NUMBER = /^-?(?:\d+|0[xX][0-9a-fA-F]+)$/;

/** Reads the text of a golden trace, at most `LARGEST_GOLDEN` bytes. The error names the line and what was expected there. */
export function parseGoldenTrace(text: string): Result<GoldenTrace> {
  const ops: GoldenOp[] = [];
  let arena = -1;
  let operations = 0;
  let n = -1;
  for (const line of linesOf(text)) {
    n++;
    if (line === "") continue;
    const code = line.split("#", 1)[0] as string;
    if (code.length > LONGEST && code.trim() !== "")
      return err(`line ${n + 1} has ${code.length} characters; at most ${LONGEST} are possible`);
    const [op, ...rest] = code.trim().split(/\s+/) as [string, ...string[]];
    if (op === "") continue;
    const bad = (what: string): Result<GoldenTrace> => err(`line ${n + 1}: ${what}`);
    if (arena < 0) {
      const [word, extra] = rest;
      if (op !== "arena" || word === undefined) return bad(NO_ARENA);
      if (extra !== undefined) return bad(`'arena' takes one number; '${clip(extra)}' is too much`);
      const length = parseNumber(word);
      if (length === undefined) return bad(`'${clip(word)}' is not a number`);
      if (typeof length === "bigint" || length < 0 || length > MAX_ARENA)
        return bad(`arena of ${clip(String(length))} bytes: expected 0 to ${MAX_ARENA}`);
      arena = length;
      continue;
    }
    if (op === "opt") {
      if (rest.length !== 2 || !/^(stats|data)$/.test(rest[0] as string) || !/^[01]$/.test(rest[1] as string)) {
        return bad("expected 'opt stats 0|1' or 'opt data 0|1'");
      }
      ops.push({ op: `opt ${rest[0]}`, args: [Number(rest[1])], file: undefined, line: 0, at: n + 1 });
      continue;
    }
    const shape = SHAPES.get(op);
    if (!shape) return bad(`unknown operation '${clip(op)}'`);
    const [count, site] = shape;
    if (rest.length !== count && !(site && rest.length === count + 2)) {
      return bad(`'${op}' takes ${count} numbers${site ? " and an optional FILE LINE" : ""}, not ${rest.length}`);
    }
    const args: (number | bigint)[] = [];
    for (const word of rest.slice(0, count)) {
      const value = parseNumber(word);
      if (value === undefined) return bad(`'${clip(word)}' is not a number`);
      args.push(value);
    }
    const problem = rangeProblem(op, args);
    if (problem !== null) return bad(problem);
    operations += op === "churn" ? Number(args[2]) : 1;
    if (operations > MAX_OPERATIONS) return bad(`more than ${MAX_OPERATIONS} operations, those of 'churn' included`);
    const at = rest.length > count ? parseNumber(rest[count + 1] as string) : 0;
    if (typeof at !== "number") return bad(`'${clip(rest[count + 1] ?? "")}' is not a line number`);
    const file = rest.length > count ? (rest[count] === "-" ? null : rest[count]) : undefined;
    ops.push({ op, args, file, line: at, at: n + 1 });
  }
  return arena < 0 ? err(`line 1: ${NO_ARENA}`) : ok({ arena, ops });
}

/** Decimal or 0x-hex, optionally negative. */
function parseNumber(word: string): number | bigint | undefined {
  if (word.length > LONGEST_NUMBER || !NUMBER.test(word)) return undefined;
  const value = word.startsWith("-") ? -BigInt(word.slice(1)) : BigInt(word);
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}
