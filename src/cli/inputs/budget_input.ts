// The budget of `teemem check`.
import type { Budget } from "../../analyze/budget/budget.ts";
import { parseBudget } from "../../analyze/budget/file.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Io } from "../outputs/outcome.ts";
import { inputName } from "./open_input.ts";
import { readFile } from "./read_input.ts";

const LARGEST_BUDGET = 2 ** 20;

/** Reads a budget, with its text. All but the last of the problems are printed; the last is the error. */
export async function readBudget(path: string, io: Io): Promise<Result<Budget & { readonly text: string }>> {
  const bytes = await readFile(path, io.input, undefined, LARGEST_BUDGET);
  if (!bytes.ok) {
    const { text: problem, missing } = bytes.error;
    return err(missing ? `${problem}; --update creates a budget from a recording` : problem);
  }
  const text = new TextDecoder().decode(bytes.value);
  const budget = parseBudget(text);
  if (budget.ok) return ok({ ...budget.value, text });
  const lines = budget.error.map((problem) => `${inputName(path)}:${problem.line}: ${problem.text}`);
  for (const line of lines.slice(0, -1)) io.err.write(shown`teemem: ${printable(line)}\n`);
  return err(lines.at(-1) ?? "");
}
