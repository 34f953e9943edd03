// The claims of a size search: what a pool must be large enough for.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import type { Claim, SmallestPool } from "./pool_search.ts";
import { SPOILT, type TrialOutcome, type TrialPlan, UNSERVED } from "./pool_trial.ts";

/** What to look for. Windows in quanta. */
export interface HeapSizeOptions {
  readonly tests: boolean;
  readonly variants: boolean;
  /** Above the answers for the whole recording; below them, for tests and for variants it is a quarter of that. */
  readonly window: number;
  /** Is notified between which sizes the answers for the whole recording lie, long before they are known. */
  readonly onRough?: (rough: readonly RoughSize[]) => void;
}

/** Between which sizes an answer lies: one that fails, null if none did, and one that works, null if none did. */
export interface RoughSize {
  readonly fit: "first" | "best";
  readonly fails: number | null;
  readonly works: number | null;
}

/** The smallest pools for one mark: test or command. */
export interface TestSize {
  readonly mark: string;
  readonly command: string;
  /** In it, nothing fails that had not; and nothing that lives on into it is missing. */
  readonly first: SmallestPool;
  readonly best: SmallestPool;
  /** The same, and what failed in it is served, too; null where nothing was. */
  readonly firstServed: SmallestPool | null;
  readonly bestServed: SmallestPool | null;
}

/** What is claimed of a pool: of the whole recording, then of each test. `tests` turns what was found for first and best fit into rows. */
export function claimsOf(
  trace: RecordedTrace,
  plan: TrialPlan,
  { tests, window }: HeapSizeOptions,
): {
  readonly all: readonly Claim[];
  readonly brief: Claim;
  readonly served: Claim;
  readonly tests: (found: readonly (readonly SmallestPool[])[]) => TestSize[];
} {
  const until = trace.length;
  const quarter = Math.ceil(window / 4);
  const whole = { until, above: window, below: quarter };
  const works = ({ newFailures }: TrialOutcome): boolean => newFailures === 0;
  const serves = ({ newFailures, unserved }: TrialOutcome): boolean => newFailures + unserved === 0;
  const all: Claim[] = [{ ...whole, holds: works }];
  if (plan.curable.size > 0) all.push({ ...whole, holds: serves });
  const curable = [...plan.curable].sort((a, b) => a - b);
  let next = 0;
  const places = (tests ? trace.marks : []).map((mark, i) => {
    const end = trace.marks[i + 1]?.row ?? trace.length;
    while (next < curable.length && (curable[next] as number) < mark.row) next++;
    const cures = (curable[next] ?? end) < end;
    const claim = { until: end, above: quarter, below: 0 };
    const at = all.push({ ...claim, holds: ({ stages }) => ((stages[i + 1] as number) & SPOILT) === 0 }) - 1;
    if (cures) all.push({ ...claim, holds: ({ stages }) => ((stages[i + 1] as number) & (SPOILT | UNSERVED)) === 0 });
    return { mark, at, cures };
  });
  return {
    all,
    served: { ...whole, holds: serves },
    brief: { ...whole, above: quarter, below: 0, holds: serves },
    tests: ([first = [], best = []]) =>
      places.map(({ mark, at, cures }) => ({
        mark: mark.name,
        command: mark.command,
        first: first[at] as SmallestPool,
        best: best[at] as SmallestPool,
        firstServed: cures ? (first[at + 1] as SmallestPool) : null,
        bestServed: cures ? (best[at + 1] as SmallestPool) : null,
      })),
  };
}
