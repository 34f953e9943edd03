// Sessions that a TA has opened with others: those of anybody else are not there for it. C's `open_sessions` of a TA.
import { type Subsystem, stateOf } from "../../kernel/subsystem.ts";
import type { TaInstance } from "../../kernel/ta_instance.ts";

const SESSIONS: Subsystem<Set<number>> = { create: () => new Set() };

/** Their numbers. */
export function ownSessions(instance: TaInstance): Set<number> {
  return stateOf(instance, SESSIONS);
}
