import * as v from "valibot";
import { METRICS } from "./budget.ts";
import { type Limit, parseLimit, type Unit } from "./budget_limit.ts";

/** Every scalar of the file is a text; this makes a limit of it. */
function limit(units: readonly Unit[]) {
  return v.pipe(
    v.string("expected a number"),
    v.rawTransform<string, Limit>(({ dataset, addIssue, NEVER }) => {
      const parsed = parseLimit(dataset.value, units);
      if (parsed.ok) return parsed.value;
      addIssue({ message: parsed.error });
      return NEVER;
    }),
  );
}

const ofHeap = METRICS.map(({ metric, units }) => {
  const one = limit(units);
  const sites = v.record(v.string(), one, "expected places in the code with bytes, like 'core/mm/mobj.c: 1k'");
  return [metric, v.optional(metric === "leaks" ? sites : one)] as const;
});
const ofTotal = METRICS.filter(({ total }) => total).map(
  ({ metric }) => [metric, v.optional(limit([metric === "peak" || metric === "left" ? "bytes" : "count"]))] as const,
);

const HEAP_KEYS = METRICS.map(({ metric }) => metric).join(", ");
const TOTAL_KEYS = ofTotal.map(([metric]) => metric).join(", ");

/** The shape of a budget file. */
export const budgetSchema = v.strictObject(
  {
    recordings: v.optional(v.array(v.string("expected a file name"), "expected a list of files")),
    heaps: v.optional(
      v.record(
        v.string(),
        v.strictObject(Object.fromEntries(ofHeap), `expected limits: ${HEAP_KEYS}`),
        "expected heaps: core, ldelf, ta-UUID or ta-*",
      ),
    ),
    total: v.optional(v.strictObject(Object.fromEntries(ofTotal), `expected limits: ${TOTAL_KEYS}`)),
  },
  "expected 'heaps', 'total' or 'recordings'",
);
