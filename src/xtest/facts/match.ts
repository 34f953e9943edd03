// Compares a line with one row of the table of facts.
import { TEE } from "../../abi/errors.ts";
import { type LineOutcome, TELLING } from "./codes.ts";
import type { FactRow } from "./row.ts";
import type { Voice } from "./voice.ts";

/** What the row's `form` matched in the words of a line; null if the line is none of the row's. */
export function matchRow(row: FactRow, voice: Voice | undefined, words: string): RegExpExecArray | null {
  const { by, levels, has, unless, after, form } = row;
  if (by === "normal" ? voice !== undefined : by === "secure" ? voice === undefined : by && voice?.speaker !== by)
    return null;
  if (levels !== undefined && !levels.includes(voice?.level ?? " ")) return null;
  if (has?.test(words) === false || unless?.test(words) === true) return null;
  const before = after?.exec(words);
  if (before === null) return null;
  return form.exec(before === undefined ? words : words.slice(before.index + before[0].length));
}

/** Whether the code in a line is one that the row wants. */
export function decides({ coded }: FactRow, { code }: LineOutcome): boolean {
  if (coded === undefined) return true;
  if (coded === "telling") return code !== undefined && TELLING.has(code);
  return code === TEE.OUT_OF_MEMORY || (coded === "oom or none" && code === undefined);
}
