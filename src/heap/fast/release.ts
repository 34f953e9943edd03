// brel that tries the short way first, and leaves what that does not settle to the plain lines.
import * as plain from "../brel.ts";
import type { Heap } from "../heap.ts";
import * as finders from "./finder.ts";
import * as quick from "./quick_release.ts";
import { quickRelease32 } from "./quick_release32.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { quickRelease } = quick;
const { finderOf, forgetIndex } = finders;

/** Releases a buffer: see `brel` in ../brel.ts. */
export function brel(h: Heap, buffer: number, wipe: boolean): void {
  if (!wipe && brelPlain(h, buffer)) return;
  try {
    plain.brel(h, buffer, wipe);
  } catch (error) {
    // A panic can leave the list half changed, and the index with it.
    forgetIndex(h);
    throw error;
  }
}

/** The common case of `brel` without wiping. False where that does not settle it, and nothing was done then. */
export function brelPlain(h: Heap, buffer: number): boolean {
  const f = finderOf(h);
  // Pools that may go are left to the long way.
  if (f === null || h.expansion.release !== null) return false;
  if (f.word === 8) return quickRelease(h, f, buffer);
  return f.word === 4 && quickRelease32(h, f, buffer);
}
