// Writes a new budget from measured values.
import { stringify } from "yaml";
import { placeParts } from "../../base/place_parts.ts";
import type { Holder } from "../holders.ts";
import { OTHERS } from "./budget.ts";
import type { HeapMeasure, Measured, Unmeasured } from "./measure.ts";

const HEAD = `# Memory budgets: the most that each heap may use. 'teemem check FILE RECORDING' compares a recording with them,
# 'teemem check --update' writes the measured values; comments and order stay. Bytes count block headers.
`;

/**
 * A new budget of what was measured: every heap with peak, failures and what is never freed. No failures of a TA are allowed,
 * unless `force` is set.
 */
export function newBudget(measures: readonly HeapMeasure[], force = true): string {
  const heaps = measures.map((measure) => [measure.heap, limitsOf(measure, force)] as const);
  return HEAD + stringify({ heaps: Object.fromEntries(heaps) }, { lineWidth: 0 });
}

/** Nothing for what is not known. */
function figure(name: string, measured: Measured | Unmeasured): Record<string, number> {
  return "why" in measured ? {} : { [name]: measured.value };
}

/** How many requests of a TA failed; 0 for other heaps, where tests make them fail on purpose, and where it is unknown. */
export function failuresOfTa({ heap, failures }: HeapMeasure): number {
  const measured = heap.startsWith("ta-") ? failures() : { why: "" };
  return "why" in measured ? 0 : measured.value;
}

function allowed(measure: HeapMeasure, force: boolean): Measured | Unmeasured {
  const failures = measure.failures();
  return force || "why" in failures ? failures : { ...failures, value: failures.value - failuresOfTa(measure) };
}

/** What a TA has left, by file: lines move. */
function leaksOf({ heap }: HeapMeasure, left: readonly Holder[]): Record<string, unknown> {
  if (!heap.startsWith("ta-") || left.length === 0) return {};
  const files = new Map<string, number>();
  for (const { site, bytes } of left) {
    const { file } = placeParts(site);
    files.set(file, (files.get(file) ?? 0) + bytes);
  }
  return { leaks: { ...Object.fromEntries(files), [OTHERS]: 0 } };
}

function limitsOf(measure: HeapMeasure, force: boolean): Record<string, unknown> {
  const fragmentation = measure.heap === "core" ? measure.fragmentation() : { why: "" };
  const left = measure.left();
  return {
    ...figure("peak", measure.peak()),
    ...("value" in fragmentation ? { fragmentation: `${fragmentation.value} %` } : {}),
    ...figure("failures", allowed(measure, force)),
    ...("why" in left
      ? {}
      : {
          blocks: left.reduce((sum, { blocks }) => sum + blocks, 0),
          left: left.reduce((sum, { bytes }) => sum + bytes, 0),
          ...leaksOf(measure, left),
        }),
  };
}
