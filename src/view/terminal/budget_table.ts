// Draws the limits of a budget with the measured values.
import { OTHERS } from "../../analyze/budget/budget.ts";
import type { Check } from "../../analyze/budget/check.ts";
import { showAmount, showDifference } from "../../analyze/budget/limit.ts";
import { counted } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { BLANK, wrapLines } from "./wrap.ts";

const WIDTHS = { name: 28, measured: 15, limit: 15 } as const;

/** Every limit with what was measured, heap by heap; where one is broken, by how much, where, and in which line. */
export function drawBudget(checks: readonly Check[], file: string, paint: Paint): Printable[] {
  const lines: Printable[] = [];
  let heap = "";
  for (const check of checks) {
    if (check.heap !== heap) lines.push(paint.bold(printable(check.heap)));
    heap = check.heap;
    lines.push(...drawCheck(check, file, paint));
  }
  return [...lines, BLANK, summary(checks, paint)];
}

/** What is limited: `peak`, `leaks at FILE` or `leaks elsewhere`. */
export function nameOfLimit({ line: { metric, site } }: Check): Printable {
  return site === OTHERS
    ? shown`${metric} elsewhere`
    : site === ""
      ? own(metric)
      : shown`${metric} at ${printable(site)}`;
}

function drawCheck(check: Check, file: string, paint: Paint): Printable[] {
  const { status, measured, over, where, line } = check;
  const { unit } = line.limit;
  const mark = { ok: paint.green("✓"), over: paint.red("✗"), unknown: paint.yellow("?") }[status];
  const name = nameOfLimit(check);
  const amount = (measured === null ? "?" : showAmount(measured, unit)).padStart(WIDTHS.measured);
  const limit = shown`≤ ${printable(showAmount(line.limit.value, unit))}`;
  // A long name has a line of its own.
  const head = name.length > WIDTHS.name ? [shown`  ${mark} ${name}`] : [];
  const first = head.length > 0 ? own(" ").repeat(WIDTHS.name + 4) : shown`  ${mark} ${name.padEnd(WIDTHS.name)}`;
  const row = shown`${first}${printable(amount)}  ${limit}`;
  if (status === "ok") return [...head, row];
  const much = over > 0 ? shown`${printable(showDifference(over, unit))} too much` : "not known";
  const detail = shown`${printable(file)}:${line.line}: ${much}${where === "" ? "" : shown`; ${printable(where)}`}`;
  return [...head, row, ...wrapLines(detail, paint, "      ").map(paint.dim)];
}

function summary(checks: readonly Check[], paint: Paint): Printable {
  const over = checks.filter(({ status }) => status === "over").length;
  const unknown = checks.filter(({ status }) => status === "unknown").length;
  if (over + unknown === 0) return paint.green(shown`${counted(checks.length, "limit")} kept.`);
  const parts = [
    over > 0 ? shown`${over} of ${counted(checks.length, "limit")} broken` : BLANK,
    unknown > 0 ? shown`${counted(unknown, "limit")} could not be checked` : BLANK,
  ].filter((part) => part !== BLANK);
  return paint.red(shown`${joined(parts, ", ")}.`);
}
