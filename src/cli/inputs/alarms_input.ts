// The file of `--alarms`: rules, silences, a webhook.
import { dirname, resolve } from "node:path";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { createAlarms } from "../../live/alarms/alarm_book.ts";
import type { AlarmRule } from "../../live/alarms/rule.ts";
import { parseAlarms } from "../../live/alarms/rules_file.ts";
import type { Webhook } from "../../live/alarms/webhook.ts";
import type { FleetAlarms } from "../../live/open_fleet.ts";
import type { Io } from "../outputs/outcome.ts";
import { readBudget } from "./budget_input.ts";
import { inputName } from "./open_input.ts";
import { readFile } from "./read_input.ts";

const LARGEST_FILE = 2 ** 20;

/** Reads a file of alarms and the budgets that it names. All but the last of the problems are printed; the last is the error. */
export async function readAlarms(
  path: string,
  io: Io,
): Promise<Result<{ readonly alarms: FleetAlarms; readonly webhook: Webhook | null }>> {
  const bytes = await readFile(path, io.input, undefined, LARGEST_FILE);
  if (!bytes.ok) return err(bytes.error.text);
  const { file, problems } = parseAlarms(new TextDecoder().decode(bytes.value), process.env);
  const lines = problems.map(({ line, text }) => `${inputName(path)}:${line}: ${text}`);
  for (const line of lines.slice(0, -1)) io.err.write(shown`teemem: ${printable(line)}\n`);
  const last = lines.at(-1);
  if (last !== undefined) return err(last);
  const rules: AlarmRule[] = [];
  for (const { file: budgetPath, ...rule } of file.rules) {
    if (budgetPath === undefined) {
      rules.push(rule);
      continue;
    }
    const budget = await readBudget(resolve(dirname(path), budgetPath), io);
    if (!budget.ok) return budget;
    rules.push({ ...rule, budget: { path: budgetPath, budget: budget.value } });
  }
  return ok({ alarms: createAlarms(rules, file.silences), webhook: file.webhook });
}
