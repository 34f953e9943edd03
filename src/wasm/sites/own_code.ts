// Tells a TA's own code from the libraries of OP-TEE that are linked into it, by the paths of their sources.
import type { CallFrame } from "../../base/call_stack.ts";

/** Folders of libraries in OP-TEE's tree, in its dev kit and in ours, and the one file of the kit that each TA compiles. */
const LIBRARY =
  /(?:^|\/)(?:lib\/lib(?:utee|utils|mbedtls|dl|unw|ld)\/|export-ta_[^/]*\/|teemem\/ta\/|user_ta_header\.c:)/;
/** Hands requests on to the allocator: never who asked. */
const HANDS_ON = /(?:^|\/)(?:lib\/libutee\/tee_api|teemem\/ta\/src\/memory)\.c:/;

/** True for code of OP-TEE's libraries; what no place is known of is not. */
export function isLibrary(place: string): boolean {
  return LIBRARY.test(place);
}

/**
 * The frame of a stack that an operation is put down to: the innermost of the TA's own code; else the library's code that
 * asked. Undefined for a stack without a place.
 */
export function callSiteOf(frames: readonly CallFrame[]): CallFrame | undefined {
  const known = frames.filter(({ place }) => place !== "");
  return known.find(({ place }) => !isLibrary(place)) ?? known.find(({ place }) => !HANDS_ON.test(place)) ?? known[0];
}
