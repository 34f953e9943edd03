// Causes in stacks, each with the option of the stack that its line names.
import { uuidText } from "../../abi/uuid.ts";
import { belowStack } from "../../xtest/ta_dump.ts";
import { lines } from "./case.ts";
import type { TriageRule } from "./rule.ts";
import { isTester } from "./shipped.ts";

const CANARY = "The core found the guard word at an end of this stack overwritten: the stack was too small.";

export const STACK_RULES: readonly TriageRule[] = [
  {
    id: "stack-below",
    when: ({ console }) =>
      (console?.dumps ?? []).flatMap((dump) => {
        const below = isTester(dump.uuid) ? undefined : belowStack(dump);
        return below === undefined
          ? []
          : [`line ${dump.line}: the abort was ${below} bytes below the stack of ${uuidText(dump.uuid)}`];
      }),
    sure: "likely",
    pool: "the TA's stack",
    knobs: ["TA_STACK_SIZE"],
    why: () => "The stack overflowed: the address that could not be written lies right below it. No heap is too small.",
    next: "double TA_STACK_SIZE in user_ta_header_defines.h (it is rounded up to pages), and move large local arrays to the heap",
    threads: ["#1274", "#4870", "test#343"],
  },
  {
    id: "canary-tmp",
    when: (s) => lines(s, "canary-tmp"),
    sure: "certain",
    pool: "the core's temporary stack",
    knobs: ["CFG_STACK_TMP_EXTRA"],
    why: () => `${CANARY} The temporary stack serves the boot, entries and exits, and interrupts.`,
    next: "raise CFG_STACK_TMP_EXTRA",
    threads: ["#3064"],
  },
  {
    id: "canary-thread",
    when: (s) => lines(s, "canary-thread"),
    sure: "certain",
    pool: "a thread's stack in the core",
    knobs: ["CFG_STACK_THREAD_EXTRA"],
    why: () => CANARY,
    next: "raise CFG_STACK_THREAD_EXTRA; each of CFG_NUM_THREADS threads takes that much more",
    threads: ["#7610", "#3998"],
  },
  {
    id: "canary-abort",
    when: (s) => lines(s, "canary-abort"),
    sure: "certain",
    pool: "the core's stack for aborts",
    knobs: [],
    why: () =>
      `${CANARY} It has no build option: STACK_ABT_SIZE in core/kernel/thread.c (or the platform's file) sets it.`,
    next: "raise STACK_ABT_SIZE; a lower CFG_TEE_CORE_LOG_LEVEL needs less, as the dump of an abort is printed from this stack",
    threads: ["#4445"],
  },
  {
    id: "stack-range",
    when: (s) => lines(s, "stack-range"),
    sure: "certain",
    pool: "a stack of the core",
    knobs: ["CFG_STACK_THREAD_EXTRA", "CFG_STACK_TMP_EXTRA"],
    why: () => "The core found a stack pointer outside of its stack.",
    next: "raise CFG_STACK_THREAD_EXTRA (or CFG_STACK_TMP_EXTRA during boot)",
    threads: ["#3998"],
  },
];
