// Finds the causes that the symptoms of a failure support.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { type Evidence, factsOf, type Sureness, type Symptoms } from "./case.ts";
import type { TriageRule } from "./rule.ts";
import { TRIAGE_RULES } from "./rules.ts";

/** One answer: a cause, how sure it is, and what to do. */
export interface Verdict {
  readonly id: string;
  readonly sure: Sureness;
  readonly pool: string;
  /** Build options, the first is the one to begin with; none where no option helps. */
  readonly knobs: readonly string[];
  readonly why: string;
  readonly next: string;
  readonly evidence: Evidence;
  /** Public threads in which it was met. */
  readonly threads: readonly string[];
  /** Its first option was raised without effect. */
  readonly tried: boolean;
}

const RANK: Readonly<Record<Sureness, number>> = { certain: 0, likely: 1, possible: 2 };

/** Fills in a missing code and origin: those of the last memory failure on the console or in the output of xtest. */
export function completed(symptoms: Symptoms): Symptoms {
  if (symptoms.code !== undefined) return symptoms;
  const [refused] = symptoms.refused ?? [];
  if (refused !== undefined) return { ...symptoms, code: refused.code, origin: refused.origin };
  for (const { kind, groups } of factsOf(symptoms, "call-failed", "load-failed").toReversed()) {
    const [first = "", second = ""] = groups;
    const isLoad = kind === "load-failed";
    const code = Number.parseInt(isLoad ? first || second : first, 16);
    if (!TELLING.has(code)) continue;
    const origin = isLoad ? ORIGIN.TEE : Number(second);
    return origin === 0 ? { ...symptoms, code } : { ...symptoms, code, origin };
  }
  return symptoms;
}

/** Codes that report a memory failure. Other codes are normal results: a missing file, a rejected test. */
const TELLING: ReadonlySet<number> = new Set([TEE.OUT_OF_MEMORY, TEE.BUSY, TEE.TARGET_DEAD, TEE.STORAGE_NO_SPACE]);

/** All causes that what is known speaks for, the surest first. What was tried without effect comes last. */
export function triage(symptoms: Symptoms, rules: readonly TriageRule[] = TRIAGE_RULES): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const { id, when, sure, pool, knobs, why, next, threads } of rules) {
    const evidence = when(symptoms);
    if (evidence.length === 0) continue;
    const tried = sure !== "certain" && knobs[0] !== undefined && symptoms.tried?.includes(knobs[0]) === true;
    verdicts.push({
      id,
      sure: tried ? "possible" : sure,
      pool,
      knobs,
      why: why(symptoms),
      next,
      evidence,
      threads,
      tried,
    });
  }
  return verdicts.sort((a, b) => Number(a.tried) - Number(b.tried) || RANK[a.sure] - RANK[b.sure]);
}
