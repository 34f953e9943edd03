// Compares every limit of a budget with the measured heaps.
import { countLeading } from "../../base/bisect.ts";
import { clip } from "../../base/printable.ts";
import { type Budget, type BudgetLine, TOTAL } from "./budget.ts";
import { createLeftReader, measureLine, measureTotal } from "./figures.ts";
import type { HeapMeasure, Measured, Unmeasured } from "./measure.ts";

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
  const heaps = createHeapFinder(measures);
  const left = createLeftReader(budget);
  const named = new Set(budget.lines.map(({ metric, site, heap }) => limitKey(metric, site, heap)));
  return budget.lines.flatMap((line): Check[] => {
    if (line.heap === TOTAL) return [verdict(line, TOTAL, measureTotal(line, measures))];
    const found = heaps(line.heap);
    if (found.length === 0) return [verdict(line, line.heap, { why: missing(measures) })];
    return found
      .filter(({ heap }) => !isPattern(line.heap) || !isNamed(named, line, heap))
      .map((measure) => verdict(line, measure.heap, measureLine(line, measure, left)));
  });
}

/** Finds the heaps that a key names, in their order, by a search in their sorted names: there may be many of both. */
function createHeapFinder(measures: readonly HeapMeasure[]): (key: string) => readonly HeapMeasure[] {
  const sorted = measures
    .map((measure, index) => ({ measure, index, heap: measure.heap }))
    .sort((a, b) => (a.heap < b.heap ? -1 : a.heap > b.heap ? 1 : 0));
  const from = (start: string): number => countLeading(sorted.length, (n) => (sorted[n]?.heap ?? "") < start);
  return (key) => {
    // What it names begins with it, or with `ta-` and it.
    const starts = isPattern(key) ? [key.slice(0, -1)] : [key, `ta-${key}`];
    const found = new Set<(typeof sorted)[number]>();
    for (const start of starts)
      for (let n = from(start); n < sorted.length; n++) {
        const one = sorted[n] as (typeof sorted)[number];
        if (!one.heap.startsWith(start)) break;
        if (namesHeap(key, one.heap)) found.add(one);
      }
    return [...found].sort((a, b) => a.index - b.index).map(({ measure }) => measure);
  };
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

/** Whether another limit for the same names this heap: by its name, or by a beginning of it. */
function isNamed(named: ReadonlySet<string>, { metric, site }: BudgetLine, heap: string): boolean {
  const names = heap.startsWith("ta-") ? [heap, heap.slice("ta-".length)] : [heap];
  return names.some((name) => {
    for (let length = name.length; length > 0; length--) {
      const key = name.slice(0, length);
      if (!isPattern(key) && namesHeap(key, heap) && named.has(limitKey(metric, site, key))) return true;
    }
    return false;
  });
}

/** What a limit is for, as one text. */
function limitKey(metric: string, site: string, heap: string): string {
  return JSON.stringify([metric, site, heap]);
}

function missing(measures: readonly HeapMeasure[]): string {
  const names = measures.slice(0, SHOWN).map(({ heap }) => clip(heap));
  const more = measures.length > SHOWN ? ` and ${measures.length - SHOWN} more` : "";
  return `this heap was not recorded${names.length === 0 ? "" : `; the recording has ${names.join(", ")}${more}`}`;
}

function verdict(line: BudgetLine, heap: string, found: Measured | Unmeasured): Check {
  if ("why" in found) return { line, heap, status: "unknown", measured: null, over: 0, where: found.why };
  const over = Math.max(0, found.value - line.limit.value);
  return { line, heap, status: over > 0 ? "over" : "ok", measured: found.value, over, where: found.where };
}
