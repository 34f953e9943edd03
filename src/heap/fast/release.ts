// Releases by the short way, and by the plain lines where that does not settle it.
import { release } from "../brel.ts";
import type { Heap } from "../heap.ts";
import * as finders from "./finder.ts";
import * as quick from "./quick_release.ts";
import { quickRelease32 } from "./quick_release32.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { quickRelease } = quick;
const { finderOf, forgetIndex } = finders;

/** Does what `brel` does without a finder. */
export function finderRelease(h: Heap, buffer: number, wipe: boolean): void {
  if (!wipe && shortBrel(h, buffer)) return;
  try {
    release(h, buffer, wipe);
  } catch (error) {
    // A panic can leave the list half changed.
    forgetIndex(h);
    throw error;
  }
}

/** The common case of `brel` without wiping. False where that does not settle it, and nothing was done then. */
export function shortBrel(h: Heap, buffer: number): boolean {
  const f = finderOf(h);
  // Pools that may go are left to the long way.
  if (f === null || h.expansion.release !== null) return false;
  if (f.word === 8) return quickRelease(h, f, buffer);
  return f.word === 4 && quickRelease32(h, f, buffer);
}
