// The list of all triage rules.
import { CODE_RULES } from "./codes.ts";
import { CONSOLE_RULES } from "./console.ts";
import { COUNTER_RULES } from "./counters.ts";
import { DEBUG_RULES } from "./debug.ts";
import type { TriageRule } from "./rule.ts";

/** All causes that are known. Of equally sure ones the first comes first. */
export const TRIAGE_RULES: readonly TriageRule[] = [...CONSOLE_RULES, ...COUNTER_RULES, ...CODE_RULES, ...DEBUG_RULES];
