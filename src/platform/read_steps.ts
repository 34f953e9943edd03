// Operations on a heap, one a line: `M|C SIZE PLACE [PART]`, `A ALIGNMENT SIZE PLACE [PART]`, `R BLOCK SIZE PLACE`,
// `F|W BLOCK PLACE`, `P BEHIND LENGTH PLACE` for a further pool; `missing WHY` for the rest.
import { isPowerOfTwo } from "../base/integer.ts";
import { ok, type Result } from "../base/result.ts";
import type { HeapStep, StepSeries, TaPart, WordSize } from "./platform.ts";
import { type DataRow, readRows, wrongRow } from "./read_lines.ts";
import { PLACE_FORM, readPlace } from "./read_place.ts";

const PARTS: readonly string[] = [
  "bbuf",
  "ldelf-stack",
  "ldelf-code",
  "ldelf-data",
  "ldelf-heap",
  "elf-header",
  "text",
  "data",
  "stack",
] satisfies readonly TaPart[];

/** Where the words of a row are, by its operation. */
interface Form {
  readonly of?: number;
  readonly size?: number;
  readonly arg?: number;
  readonly place: number;
}

const FORMS = {
  P: { arg: 1, size: 2, place: 3 },
  A: { arg: 1, size: 2, place: 3 },
  M: { size: 1, place: 2 },
  C: { size: 1, place: 2 },
  R: { of: 1, size: 2, place: 3 },
  F: { of: 1, place: 2 },
  W: { of: 1, place: 2 },
} as const satisfies Readonly<Record<HeapStep["op"], Form>>;

/** Reads a series. `before` counts the blocks of an earlier one, whose numbering it continues. */
export function readSteps(file: string, text: string, word: WordSize, before = 0): Result<StepSeries> {
  const rows = readRows(file, text, word, "the core");
  if (!rows.ok) return rows;
  const steps: HeapStep[] = [];
  let blocks = before;
  for (const row of rows.value) {
    if (row.words[0] === "missing") return ok({ steps, missing: row.words.slice(1).join(" ") || "not captured" });
    const step = readStep(row, blocks);
    if (!step.ok) return step;
    if (makesBlock(step.value)) blocks++;
    steps.push(step.value);
  }
  return ok({ steps, missing: null });
}

/** Blocks that a series makes. */
export function blocksOf({ steps }: StepSeries): number {
  return steps.filter(makesBlock).length;
}

function makesBlock({ op, size }: HeapStep): boolean {
  return size > 0 && op !== "P";
}

function readStep(row: DataRow, blocks: number): Result<HeapStep> {
  const op = row.words[0] ?? "";
  if (!Object.hasOwn(FORMS, op)) return wrongRow(row, "begins with M, C, A, R, F, W, P or missing");
  const form: Form = FORMS[op as HeapStep["op"]];
  const of = form.of === undefined ? 0 : countAt(row, form.of);
  const size = form.size === undefined ? 0 : countAt(row, form.size);
  const arg = form.arg === undefined ? undefined : countAt(row, form.arg);
  const place = readPlace(row.words[form.place] ?? "");
  const part = row.words[form.place + 1];
  if (size === null || (form.size !== undefined && size === 0)) return wrongRow(row, "its size is a number above 0");
  if (arg === null || (op === "A" && !isPowerOfTwo(arg ?? 0)))
    return wrongRow(
      row,
      op === "A" ? "its alignment is a power of two" : "it begins a number of bytes behind the first",
    );
  // realloc(NULL) makes a block: only that takes block 0.
  if (of === null || of > blocks || (of === 0 && op !== "R" && form.of !== undefined))
    return wrongRow(row, `its block is one of the ${blocks} that were allocated before`);
  if (place === null) return wrongRow(row, `its call site is ${PLACE_FORM}`);
  if (row.words.length > form.place + 2 || (part !== undefined && !PARTS.includes(part)))
    return wrongRow(row, `after the call site comes at most a part: ${PARTS.join(", ")}`);
  const more = { ...(arg === undefined ? {} : { arg }), ...(part === undefined ? {} : { part: part as TaPart }) };
  return ok({ op: op as HeapStep["op"], of, size, ...place, ...more });
}

function countAt({ words }: DataRow, n: number): number | null {
  const text = words[n] ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
