import { clip } from "../base/printable.ts";
import { type Budget, type BudgetLine, TOTAL } from "./budget.ts";
import { measureLine, measureTotal } from "./budget_figures.ts";
import type { HeapMeasure, Measured, Unmeasured } from "./budget_measure.ts";

/** Heaps that a message lists. */
const SHOWN = 4;

/** One limit held against one heap. */
export interface Check {
  readonly line: BudgetLine;
  /** The heap it was held against; as the budget has it where none is there. */
  readonly heap: string;
  readonly status: "ok" | "over" | "unknown";
  /** In the unit of the limit; null if unknown. */
  readonly measured: number | null;
  /** How much more than the limit; 0 if not over. */
  readonly over: number;
  /** Where it comes from, or why it is unknown; may be empty. */
  readonly where: string;
}

/** Holds every limit against every heap that it names. A heap that is named exactly is not held against patterns for the same. */
export function checkBudget(budget: Budget, measures: readonly HeapMeasure[]): Check[] {
  return budget.lines.flatMap((line): Check[] => {
    if (line.heap === TOTAL) return [verdict(line, TOTAL, measureTotal(line, measures))];
    const heaps = measures.filter(({ heap }) => namesHeap(line.heap, heap));
    if (heaps.length === 0) return [verdict(line, line.heap, { why: missing(measures) })];
    return heaps
      .filter(({ heap }) => !isPattern(line.heap) || !isNamed(budget, line, heap))
      .map((measure) => verdict(line, measure.heap, measureLine(budget, line, measure)));
  });
}

/** True for a heap that a key of a budget names: by its whole name, by the beginning of its UUID, or with a star at the end. */
export function namesHeap(key: string, heap: string): boolean {
  if (isPattern(key)) return heap.startsWith(key.slice(0, -1));
  return heap === key || (heap.startsWith("ta-") && (heap.startsWith(`ta-${key}`) || isStart(key, heap)));
}

function isStart(key: string, heap: string): boolean {
  return key.length > "ta-".length && heap.startsWith(key);
}

function isPattern(key: string): boolean {
  return key.endsWith("*");
}

function isNamed({ lines }: Budget, { metric, site }: BudgetLine, heap: string): boolean {
  return lines.some(
    (other) => other.metric === metric && other.site === site && !isPattern(other.heap) && namesHeap(other.heap, heap),
  );
}

function missing(measures: readonly HeapMeasure[]): string {
  const names = measures.slice(0, SHOWN).map(({ heap }) => clip(heap));
  const more = measures.length > SHOWN ? ` and ${measures.length - SHOWN} more` : "";
  return `no such heap was recorded; there ${measures.length === 1 ? "is" : "are"} ${names.join(", ") || "none"}${more}`;
}

function verdict(line: BudgetLine, heap: string, found: Measured | Unmeasured): Check {
  if ("why" in found) return { line, heap, status: "unknown", measured: null, over: 0, where: found.why };
  const over = Math.max(0, found.value - line.limit.value);
  return { line, heap, status: over > 0 ? "over" : "ok", measured: found.value, over, where: found.where };
}
