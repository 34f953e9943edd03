// The question for the heaps of TAs that never ends: it waits for a TA that waits for it.
import { type Evidence, factsOf, has, quote, type Symptoms } from "./case.ts";
import { NO_EVIDENCE, type TriageRule } from "./rule.ts";

export const DEADLOCK_RULES: readonly TriageRule[] = [
  {
    id: "ta-stats-deadlock",
    when: stuck,
    // A log may end while one thread waits for a moment.
    sure: (s) => (asleep(s) > 1 ? "likely" : "possible"),
    pool: "not memory: OP-TEE is deadlocked",
    knobs: [],
    why: () =>
      "While programs used TAs, 'xtest --stats --ta' asked for their heaps. With OP-TEE 4.x the question and a call of a TA can then wait for each other for ever: threads went to sleep, and nothing woke them.",
    next: "reboot the board: nothing else helps. Then ask for the heaps of TAs only while no TA is called, or measure one TA at one moment with 'teemem device preload' (docs/exact_moment.md)",
    threads: [],
  },
];

/** The question, and the last thread that went to sleep, where it still sleeps at the end of the log. */
function stuck(s: Symptoms): Evidence {
  const slept = factsOf(s, "thread-sleeps").at(-1);
  const woke = factsOf(s, "thread-wakes").at(-1);
  const asked = factsOf(s, "ta-stats-asked").at(-1);
  if (slept === undefined || asked === undefined || asleep(s) < 1) return NO_EVIDENCE;
  if (has(s, "thread-wakes") && (woke?.line ?? 0) > slept.line) return NO_EVIDENCE;
  return [quote(asked), `${quote(slept)}; nothing woke it`];
}

/** Threads that were not woken. */
function asleep({ console }: Symptoms): number {
  return (console?.counts.get("thread-sleeps") ?? 0) - (console?.counts.get("thread-wakes") ?? 0);
}
