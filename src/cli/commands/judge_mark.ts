// Judges one mark of a trace alone, for `teemem replay --mark`.
import { poolOf } from "../../analyze/report/peak.ts";
import { planTrials, SPOILT, tryPool, UNSERVED } from "../../analyze/size/pool_trial.ts";
import { type Printable, printable, shown } from "../../base/printable.ts";
import { recordedBuild } from "../../replay/recorded_build.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { endOfMark } from "../../replay/trace_row.ts";
import type { WhatIfOptions } from "../../replay/what_if.ts";

/** How one mark fares in another heap, whatever fails before it. */
export interface JudgedMark {
  readonly mark: string;
  /** In it, nothing fails that had not failed; and nothing that lives on into it is missing. */
  readonly passes: boolean;
  /** Nor is anything refused in it that some pool would serve. */
  readonly served: boolean;
}

/** Replays a trace to the end of a mark and judges that mark alone. */
export function judgeMark(trace: RecordedTrace, options: WhatIfOptions, mark: string): JudgedMark {
  const end = endOfMark(trace, mark);
  const stage = trace.marks.findLastIndex(({ name }) => name === mark) + 1;
  const { word, leakHeaders } = recordedBuild(trace);
  const heap = {
    fit: options.fit ?? "first",
    word: options.word ?? word,
    leakHeaders: options.leakHeaders ?? leakHeaders,
  };
  const job = { pool: options.pool ?? poolOf(trace, 0), until: end.ok ? end.value : trace.length, brief: false };
  const bits = tryPool(trace, planTrials(trace), heap, job).stages[stage] ?? 0;
  return { mark, passes: (bits & SPOILT) === 0, served: (bits & (SPOILT | UNSERVED)) === 0 };
}

/** The judgement in a sentence. */
export function judgement({ mark, passes, served }: JudgedMark): Printable {
  const name = printable(mark);
  if (!passes)
    return shown`${name} alone fails: a request that had succeeded fails in it, or fails in an earlier mark that it depends on.`;
  if (!served) return shown`${name} alone passes as recorded; requests that had failed fail again.`;
  return shown`${name} alone passes: every request that some pool could serve succeeds, and no block is missing at its start.`;
}
