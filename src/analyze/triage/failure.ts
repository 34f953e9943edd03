// Fills in code, origin and function from the line of the log, or of xtest, that tells most.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import type { ConsoleFacts } from "../../xtest/console_facts.ts";
import { TELLING } from "../../xtest/facts/codes.ts";
import type { Fact } from "../../xtest/facts/fact.ts";
import { factsOf, type Symptoms } from "./case.ts";

/** A failed call, as far as a line tells of it. */
interface Failure {
  readonly code: number;
  readonly origin?: number;
  readonly call?: string;
  readonly from: Fact;
}

/** Fills in what is missing: those of the failure that tells most, the last of equal ones. */
export function completed(symptoms: Symptoms): Symptoms {
  const [refused] = symptoms.refused ?? [];
  if (symptoms.code === undefined && refused !== undefined)
    return { ...symptoms, code: refused.code, origin: refused.origin };
  if (symptoms.foreign !== undefined) return symptoms;
  const { code, origin, call } = symptoms;
  const [best] = failuresIn(symptoms)
    .filter((one) => code === undefined || one.code === code)
    .filter((one) => origin === undefined || one.origin === undefined || one.origin === origin)
    .filter((one) => call === undefined || one.call === undefined || one.call === call)
    .toReversed()
    .sort((a, b) => weight(b) - weight(a));
  if (best === undefined) return symptoms;
  return { ...best, ...symptoms, from: best.from };
}

/** How many cases xtest ran in a text without a failure; undefined if one failed, or a client beside them. */
export function passedIn(console: ConsoleFacts): number | undefined {
  const { facts, counts } = console;
  if (counts.has("tests-failed")) return undefined;
  if (facts.some(({ kind, test }) => kind === "client-failed" && test === "")) return undefined;
  const cases = facts.filter(({ kind }) => kind === "tests-passed").map(({ groups }) => Number(groups[0]));
  return cases.length === 0 ? undefined : cases.reduce((sum, one) => sum + one, 0);
}

function failuresIn(symptoms: Symptoms): Failure[] {
  const facts = factsOf(symptoms, "client-failed", "call-failed", "load-failed", "load-lookup", "ta-code");
  return facts.flatMap((from) => {
    const { kind, code, origin, call } = from;
    if (code === undefined || !TELLING.has(code)) return [];
    // Tests make TAs panic.
    if (symptoms.passed !== undefined && code === TEE.TARGET_DEAD) return [];
    const loads = kind === "load-failed" || kind === "load-lookup";
    if (loads) return [{ code, origin: ORIGIN.TEE, call: "TEEC_OpenSession", from }];
    return [{ code, ...(origin === undefined ? {} : { origin }), ...(call === undefined ? {} : { call }), from }];
  });
}

/** A failure of memory tells more than a dead TA, an origin more than a function. */
function weight({ code, origin, call }: Failure): number {
  return (code === TEE.OUT_OF_MEMORY ? 4 : 0) + (origin === undefined ? 0 : 2) + (call === undefined ? 0 : 1);
}
