// Remembers the last statistics of TA instances that have ended.
import { getStats } from "../../malloc/stats.ts";
import type { Core } from "./core.ts";
import type { EndedTa, UserTa } from "./ta_instance.ts";

/** How many ended instances the core remembers. */
export const ENDED_KEPT = 64;

/** Keeps the last statistics of an instance that is about to go, and forgets the oldest beyond `ENDED_KEPT`. */
export function rememberEnd(core: Core, ta: UserTa, name: string): void {
  if (ta.heap === null) return;
  const ended: EndedTa = {
    uuid: ta.uuid,
    name,
    stats: getStats(ta.heap),
    panicked: ta.panicked,
    when: core.clock.ree(),
  };
  core.ended.push(ended);
  if (core.ended.length > ENDED_KEPT) core.ended.shift();
}
