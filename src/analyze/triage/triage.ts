// Finds the causes that the symptoms of a failure support.
import type { Evidence, Sureness, Symptoms } from "./case.ts";
import type { TriageRule } from "./rule.ts";
import { TRIAGE_RULES } from "./rules.ts";
import { together } from "./together.ts";

/** One answer: a cause, how sure it is, and what to do. */
export interface Verdict {
  readonly id: string;
  readonly sure: Sureness;
  readonly pool: string;
  /** Build options, the first is the one to begin with; none where no option helps. */
  readonly knobs: readonly string[];
  readonly why: string;
  readonly next: string;
  /** What must be raised with the first option; empty if nothing must, or an answer before it says so. */
  readonly together: string;
  readonly evidence: Evidence;
  /** Public threads in which it was met. */
  readonly threads: readonly string[];
  /** Its first option was raised without effect. */
  readonly tried: boolean;
}

const RANK: Readonly<Record<Sureness, number>> = { certain: 0, likely: 1, possible: 2 };

/**
 * All causes that what is known speaks for, the surest first. What was tried without effect comes last. Of texts whose lines were
 * cut at a column, only those that are certain.
 */
export function triage(symptoms: Symptoms, rules: readonly TriageRule[] = TRIAGE_RULES): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const rule of rules) {
    if (symptoms.passed !== undefined && rule.tolerated === true) continue;
    const evidence = rule.when(symptoms);
    if (evidence.length === 0) continue;
    const { id, pool, why, threads } = rule;
    const knobs = typeof rule.knobs === "function" ? rule.knobs(symptoms) : rule.knobs;
    const next = typeof rule.next === "function" ? rule.next(symptoms) : rule.next;
    const sure = typeof rule.sure === "function" ? rule.sure(symptoms) : rule.sure;
    if (symptoms.clipped === true && sure !== "certain") continue;
    const tried = sure !== "certain" && knobs[0] !== undefined && symptoms.tried?.includes(knobs[0]) === true;
    verdicts.push({
      id,
      sure: tried ? "possible" : sure,
      pool,
      knobs,
      why: why(symptoms),
      next,
      together: "",
      evidence,
      threads,
      tried,
    });
  }
  verdicts.sort((a, b) => Number(a.tried) - Number(b.tried) || RANK[a.sure] - RANK[b.sure]);
  const told = new Set([""]);
  return verdicts.map((verdict) => {
    const text = together(symptoms, verdict.knobs[0]);
    const known = told.has(text);
    told.add(text);
    return { ...verdict, together: known ? "" : text };
  });
}
