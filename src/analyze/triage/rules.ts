// The list of all triage rules.
import { BIG_NUMBER_RULES } from "./big_numbers.ts";
import { BOOT_RULES } from "./boot.ts";
import { BUILD_RULES } from "./build.ts";
import { CORE_HEAP_RULES } from "./core_heap.ts";
import { COUNTER_RULES } from "./counters.ts";
import { DAMAGE_RULES } from "./damage.ts";
import { DEADLOCK_RULES } from "./deadlock.ts";
import { DEBUG_RULES } from "./debug.ts";
import { ENDED_RULES } from "./ended.ts";
import { GROWTH_RULES } from "./growth.ts";
import { LOADING_RULES } from "./loading.ts";
import { NORMAL_WORLD_RULES } from "./normal_world.ts";
import type { TriageRule } from "./rule.ts";
import { SERVICE_RULES } from "./services.ts";
import { SESSION_RULES } from "./sessions.ts";
import { STACK_RULES } from "./stacks.ts";
import { STORAGE_RULES } from "./storage.ts";
import { TA_HEAP_RULES } from "./ta_heap.ts";
import { TABLE_RULES } from "./tables.ts";

/** All causes that are known. Of equally sure ones the first comes first. */
export const TRIAGE_RULES: readonly TriageRule[] = [
  ...BUILD_RULES,
  ...DAMAGE_RULES,
  ...DEADLOCK_RULES,
  ...STACK_RULES,
  ...BIG_NUMBER_RULES,
  ...TABLE_RULES,
  ...BOOT_RULES,
  ...COUNTER_RULES,
  ...GROWTH_RULES,
  ...STORAGE_RULES,
  ...LOADING_RULES,
  ...SERVICE_RULES,
  ...CORE_HEAP_RULES,
  ...TA_HEAP_RULES,
  ...NORMAL_WORLD_RULES,
  ...ENDED_RULES,
  ...SESSION_RULES,
  ...DEBUG_RULES,
];
