import { OTHERS } from "../../analyze/budget.ts";
import type { Check } from "../../analyze/budget_check.ts";
import { showAmount } from "../../analyze/budget_limit.ts";
import { counted } from "../../base/format.ts";
import { printable } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

const WIDTHS = { name: 28, measured: 15, limit: 15 } as const;

/** Every limit with what was measured, heap by heap; where one is broken, by how much, where, and in which line. */
export function drawBudget(checks: readonly Check[], file: string, paint: Paint): string[] {
  const lines: string[] = [];
  let heap = "";
  for (const check of checks) {
    if (check.heap !== heap) lines.push(paint.bold(printable(check.heap)));
    heap = check.heap;
    lines.push(...drawCheck(check, file, paint));
  }
  return [...lines, "", summary(checks, paint)];
}

/** What is limited: `peak`, `leaks at FILE` or `leaks elsewhere`. */
export function nameOfLimit({ line: { metric, site } }: Check): string {
  return site === OTHERS ? `${metric} elsewhere` : printable(site === "" ? metric : `${metric} at ${site}`);
}

function drawCheck(check: Check, file: string, paint: Paint): string[] {
  const { status, measured, over, where, line } = check;
  const { unit } = line.limit;
  const mark = { ok: paint.green("✓"), over: paint.red("✗"), unknown: paint.yellow("?") }[status];
  const name = nameOfLimit(check);
  const amount = (measured === null ? "?" : showAmount(measured, unit)).padStart(WIDTHS.measured);
  const limit = `≤ ${showAmount(line.limit.value, unit)}`;
  // A long name has a line of its own.
  const head = name.length > WIDTHS.name ? [`  ${mark} ${name}`] : [];
  const first = head.length > 0 ? " ".repeat(WIDTHS.name + 4) : `  ${mark} ${name.padEnd(WIDTHS.name)}`;
  const row = `${first}${amount}  ${limit}`;
  if (status === "ok") return [...head, row];
  const much = over > 0 ? `${showAmount(over, unit)} too much` : "not known";
  const detail = `${printable(file)}:${line.line}: ${much}${where === "" ? "" : `; ${printable(where)}`}`;
  return [...head, row, ...wrap(detail, 80, "      ").split("\n").map(paint.dim)];
}

function summary(checks: readonly Check[], paint: Paint): string {
  const over = checks.filter(({ status }) => status === "over").length;
  const unknown = checks.filter(({ status }) => status === "unknown").length;
  if (over + unknown === 0) return paint.green(`${counted(checks.length, "limit")} kept.`);
  const parts = [
    over > 0 ? `${over} of ${counted(checks.length, "limit")} broken` : "",
    unknown > 0 ? `${counted(unknown, "limit")} could not be checked` : "",
  ];
  return paint.red(`${parts.filter((part) => part !== "").join(", ")}.`);
}
