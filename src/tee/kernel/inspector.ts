// Inspects TAs from outside: running instances, live blocks, ended instances.
import type { Result } from "../../base/result.ts";
import type { Core } from "./core.ts";
import { type TaLeaks, type TaMoment, taEnded, taLeaks, taMoments } from "./inspect.ts";
import type { EndedTa } from "./ta_instance.ts";

/** Sees TAs from outside, in this process or in another. Errors say what to do, in one line. */
export interface Inspector {
  /** The running instances of a TA (UUID or name), or of all. */
  running(which?: string): Promise<Result<readonly TaMoment[]>>;
  /** Their live blocks, which the system also prints on its console; see `taLeaks`. */
  leaks(which?: string): Promise<Result<readonly TaLeaks[]>>;
  /** The latest instances that ended, the last one last. */
  ended(which?: string): Promise<Result<readonly EndedTa[]>>;
}

/** An inspector of the system in this process. */
export function inspectorOf(core: Core): Inspector {
  return {
    running: async (which) => ({ ok: true, value: taMoments(core, which) }),
    leaks: async (which) => taLeaks(core, which),
    ended: async (which) => ({ ok: true, value: taEnded(core, which) }),
  };
}
