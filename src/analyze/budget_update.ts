import type { BudgetLine } from "./budget.ts";
import type { Check } from "./budget_check.ts";

/** A limit that was changed. */
export interface BudgetChange {
  readonly line: BudgetLine;
  readonly from: number;
  readonly to: number;
}

/**
 * Writes what was measured into the text of a budget, and nothing else: comments, order, quotes and blanks stay as they
 * are. A percentage is rounded up to a whole one. Where a limit is for several heaps the highest counts; one that could not
 * be measured for any of them stays.
 */
export function updateBudget(
  text: string,
  checks: readonly Check[],
): { text: string; changes: readonly BudgetChange[] } {
  const highest = new Map<BudgetLine, number>();
  for (const { line, measured } of checks)
    if (measured !== null) highest.set(line, Math.max(highest.get(line) ?? 0, measured));
  const changes: BudgetChange[] = [];
  let updated = text;
  for (const [line, measured] of [...highest].sort(([a], [b]) => b.from - a.from)) {
    const to = Math.ceil(measured);
    if (to === line.limit.value) continue;
    const old = text.slice(line.from, line.to);
    updated = updated.slice(0, line.from) + rewrite(old, to) + updated.slice(line.to);
    changes.push({ line, from: line.limit.value, to });
  }
  return { text: updated, changes: changes.reverse() };
}

/** A new number in place of an old one: what stands around it stays, but not a factor like k. */
function rewrite(old: string, to: number): string {
  return old.replace(/\d[\d_,.]*(\s*[kmg](?:i?b)?\b)?/i, String(to));
}
