// Checks the ranges of the numbers in a golden trace.
import { clip } from "../base/printable.ts";

type Range = readonly [name: string, least: number, most: number];

const MAX = 2 ** 32 - 1;
const ID: Range = ["ID", 1, MAX];
const ID_OR_NULL: Range = ["ID", 0, MAX];
const NEW_ID: Range = ["NEWID", 1, MAX];

/** What the numbers of an operation may be, in order; null for anything. Sizes and offsets are the allocator's to judge. */
const RANGES: ReadonlyMap<string, readonly (Range | null)[]> = new Map(
  Object.entries<readonly (Range | null)[]>({
    m: [ID],
    c: [ID],
    r: [ID_OR_NULL, NEW_ID],
    a: [ID],
    A: [ID],
    f: [ID_OR_NULL],
    w: [ID_OR_NULL],
    x: [ID_OR_NULL],
    p: [ID_OR_NULL, null, ["BYTE", 0, 255]],
    Q: [ID_OR_NULL],
    churn: [
      ["FIRST", 1, MAX],
      null,
      ["COUNT", 0, 1e9],
      ["SLOTS", 1, MAX],
      ["MIN", 0, MAX],
      ["MAX", 0, MAX],
      ["RPCT", 0, 100],
      ["APCT", 0, 100],
    ],
    G: [ID],
    Z: [ID],
    Y: [ID_OR_NULL, NEW_ID],
    B: [ID_OR_NULL],
  }),
);

/** What is out of range in an operation of a golden trace, or null. */
export function rangeProblem(op: string, args: readonly (number | bigint)[]): string | null {
  const ranges = RANGES.get(op) ?? [];
  for (const [n, range] of ranges.entries()) {
    const value = args[n];
    if (range === null || value === undefined) continue;
    const [name, least, most] = range;
    if (value < least || value > most)
      return `${name} of '${op}' is ${clip(String(value))}: expected ${least} to ${most}`;
  }
  const [, , , , min = 0, max = 0] = args;
  return op === "churn" && min > max ? `MIN of 'churn' is ${min}, more than its MAX of ${max}` : null;
}
