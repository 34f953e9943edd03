import { access } from "node:fs/promises";
import type { Budget } from "../../analyze/budget/budget.ts";
import { parseBudget } from "../../analyze/budget/file.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Io } from "../outputs/outcome.ts";
import { readInput } from "./read_input.ts";

const LARGEST_BUDGET = 2 ** 20;

/** Reads a budget, with its text. All but the last of the problems are printed; the last is the error. */
export async function readBudget(path: string, io: Io): Promise<Result<Budget & { readonly text: string }>> {
  const bytes = await readInput(path, io.input, undefined, LARGEST_BUDGET);
  if (!bytes.ok)
    return err(
      bytes.error.endsWith(": no such file") ? `${bytes.error}; --update makes a budget of a recording` : bytes.error,
    );
  const text = new TextDecoder().decode(bytes.value);
  const budget = parseBudget(text);
  if (budget.ok) return ok({ ...budget.value, text });
  const lines = budget.error.map((problem) => `${printable(path)}:${problem.line}: ${problem.text}`);
  for (const line of lines.slice(0, -1)) io.err.write(shown`teemem: ${printable(line)}\n`);
  return err(lines.at(-1) ?? "");
}

/** True if there is something by this name. */
export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
