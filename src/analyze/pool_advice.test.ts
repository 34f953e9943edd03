// Tests of pool_advice.ts: what is said where counters are missing.
import { expect, test } from "vitest";
import { missingCounters, type PartialStats } from "../abi/record.ts";
import { COUNTERS, type Counters } from "../malloc/counters.ts";
import { poolAdvice } from "./pool_advice.ts";

const CASES: readonly Counters[] = [
  { allocated: 0, maxAllocated: 0, size: 1000, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 },
  { allocated: 100, maxAllocated: 200, size: 1000, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 },
  { allocated: 100, maxAllocated: 950, size: 1000, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 },
  { allocated: 100, maxAllocated: 950, size: 1000, failures: 3, biggestFailure: 100, biggestFailureUsed: 500 },
  { allocated: 100, maxAllocated: 950, size: 1000, failures: 3, biggestFailure: 700, biggestFailureUsed: 500 },
  { allocated: 100, maxAllocated: 950, size: 1000, failures: 3, biggestFailure: 7000, biggestFailureUsed: 500 },
  { allocated: 100, maxAllocated: 400, size: 1000, failures: 1, biggestFailure: 7000, biggestFailureUsed: 500 },
];
const KNOB = { knob: "CFG_X" };

/** Values that a missing counter may have had. */
const OTHERS = [0, 1, 2, 50, 450, 600, 960, 1000, 5000];

/** All sets of counters that may be missing. */
const SETS = Array.from({ length: 2 ** COUNTERS.length }, (_, bits) =>
  COUNTERS.filter((_, n) => ((bits >> n) & 1) === 1),
);

function without(whole: Counters, gone: readonly string[]): PartialStats {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !gone.includes(name)));
}

test("advice with missing counters is what all values of them would give, or says that they are missing", () => {
  for (const whole of CASES)
    for (const gone of SETS) {
      const part = without(whole, gone);
      const text = poolAdvice({ ...part, ...KNOB });
      if (text.startsWith("Not recorded")) continue;
      for (const name of missingCounters(part))
        for (const value of OTHERS)
          if (name === "allocated" || name === "biggestFailureUsed" || whole.failures > 0)
            expect(poolAdvice({ ...whole, [name]: value, ...KNOB }), `${name} ${value}`).toBe(text);
    }
});

test("only what is known is said", () => {
  const { size: _size, ...rest } = CASES[3] as Counters;
  expect(poolAdvice({ ...rest, ...KNOB })).toBe(
    "Not recorded: the size. 3 requests failed; the largest asked for 100 bytes.",
  );
  const { failures: _failures, ...quiet } = CASES[1] as Counters;
  expect(poolAdvice({ ...quiet, ...KNOB })).toBe("Not recorded: the number of failed requests.");
});
