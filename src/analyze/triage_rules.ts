import { CODE_RULES } from "./triage_codes.ts";
import { CONSOLE_RULES } from "./triage_console.ts";
import { COUNTER_RULES } from "./triage_counters.ts";
import { DEBUG_RULES } from "./triage_debug.ts";
import type { TriageRule } from "./triage_rule.ts";

/** All causes that are known. Of equally sure ones the first comes first. */
export const TRIAGE_RULES: readonly TriageRule[] = [...CONSOLE_RULES, ...COUNTER_RULES, ...CODE_RULES, ...DEBUG_RULES];
