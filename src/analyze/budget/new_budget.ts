// Writes a new budget from measured values.
import { stringify } from "yaml";
import type { HeapMeasure, Measured, Unmeasured } from "./measure.ts";

const HEAD = `# Memory budgets: the most that each heap may use. 'teemem check FILE RECORDING' compares a recording with them,
# 'teemem check --update' writes the measured values; comments and order stay. Bytes count block headers.
`;

/** A new budget of what was measured: every heap with peak, failures and what is never freed. */
export function newBudget(measures: readonly HeapMeasure[]): string {
  const heaps = measures.map((measure) => [measure.heap, limitsOf(measure)] as const);
  return HEAD + stringify({ heaps: Object.fromEntries(heaps) }, { lineWidth: 0 });
}

/** Nothing for what is not known. */
function figure(name: string, measured: Measured | Unmeasured): Record<string, number> {
  return "why" in measured ? {} : { [name]: measured.value };
}

function limitsOf(measure: HeapMeasure): Record<string, unknown> {
  const fragmentation = measure.heap === "core" ? measure.fragmentation() : { why: "" };
  const left = measure.left();
  return {
    ...figure("peak", measure.peak()),
    ...("value" in fragmentation ? { fragmentation: `${fragmentation.value} %` } : {}),
    ...figure("failures", measure.failures()),
    ...("why" in left
      ? {}
      : {
          blocks: left.reduce((sum, { blocks }) => sum + blocks, 0),
          left: left.reduce((sum, { bytes }) => sum + bytes, 0),
        }),
  };
}
