// The frames of a call stack that are the program's: from its call site to its entry point.
import { type CallFrame, readCallStack } from "../base/call_stack.ts";
import type { Site } from "../replay/trace_columns.ts";

/** Files of the libraries of TAs that lead from the trusted OS to the TA's entry points. */
const RUNTIME =
  /(?:^|\/)(?:teemem\/ta\/src\/entry|libutee\/(?:[\w-]{1,40}\/){0,3}user_ta_entry(?:_compat)?)\.c:\d{1,7}$/;

/**
 * The way to an operation, the innermost frame first: the call site, and who called it. What the call site called, as TEE_Malloc,
 * and what calls the TA's entry points is left out. The call site alone where no more is known.
 */
export function siteFrames({ func, place, stack = "" }: Site): readonly CallFrame[] {
  const whole = readCallStack(stack);
  const at = whole.findIndex((frame) => frame.place !== "" && frame.place === place);
  const way = withoutRuntime(at < 0 ? whole : whole.slice(at));
  // A library of the host is on no stack of the TA, but asks on its behalf.
  const isBeside = at < 0 && place !== "" && place !== "unknown";
  return isBeside || way.length === 0 ? [{ func, place }, ...way] : way;
}

function withoutRuntime(frames: readonly CallFrame[]): readonly CallFrame[] {
  const own = frames.findLastIndex(({ func, place }) => func !== "__utee_entry" && !RUNTIME.test(place));
  return own < 0 ? frames : frames.slice(0, own + 1);
}
