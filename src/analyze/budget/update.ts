// Writes measured values into the text of a budget.
import type { BudgetLine } from "./budget.ts";
import type { Check } from "./check.ts";

/** A limit that was changed. */
interface BudgetChange {
  readonly line: BudgetLine;
  readonly from: number;
  readonly to: number;
}

/** A text that was updated. */
interface UpdatedBudget {
  readonly text: string;
  readonly changes: readonly BudgetChange[];
  /** Limits of failures that were not raised. */
  readonly kept: readonly Check[];
}

/**
 * Writes what was measured into the text of a budget, and nothing else: comments, order, quotes and blanks stay as they
 * are. A percentage is rounded up to a whole one. Where a limit is for several heaps the highest counts; one that could not
 * be measured for any of them stays. No more failures of a TA become allowed, unless `force` is set.
 */
export function updateBudget(text: string, checks: readonly Check[], force = true): UpdatedBudget {
  const highest = new Map<BudgetLine, number>();
  const kept: Check[] = [];
  for (const check of checks) {
    const { line, measured } = check;
    if (measured === null) continue;
    const most = force ? measured : mostAllowed(check, measured);
    if (most < measured) kept.push(check);
    highest.set(line, Math.max(highest.get(line) ?? 0, most));
  }
  const changes: BudgetChange[] = [];
  const pieces: string[] = [];
  let done = 0;
  for (const [line, measured] of [...highest].sort(([a], [b]) => a.from - b.from)) {
    const to = Math.ceil(measured);
    if (to === line.limit.value) continue;
    changes.push({ line, from: line.limit.value, to });
    // What two heaps share by an alias stands in the file once.
    if (line.from < done) continue;
    pieces.push(text.slice(done, line.from), rewrite(text.slice(line.from, line.to), to));
    done = line.to;
  }
  return { text: pieces.join("") + text.slice(done), changes, kept };
}

/** A run in which a TA fails is none to measure by. Of the core, tests make requests fail on purpose. */
function mostAllowed({ line, heap }: Check, measured: number): number {
  return line.metric === "failures" && heap.startsWith("ta-") ? Math.min(measured, line.limit.value) : measured;
}

/** A new number in place of an old one: what stands around it stays, but not a factor like k. */
function rewrite(old: string, to: number): string {
  return old.replace(/\d[\d_,.]*(\s*[kmg](?:i?b)?\b)?/i, String(to));
}
