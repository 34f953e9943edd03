// The frames of a call stack that are the program's: from its call site to its entry point.
import { type CallFrame, readCallStack } from "../base/call_stack.ts";
import type { Site } from "../replay/trace_columns.ts";

/** The library through which every call enters a TA. */
const ENTRY = /^(?:teemem\/ta\/src|lib\/libutee)\//;

/** The frames without those of the library that all stacks of a TA end with. */
export function withoutEntry(frames: readonly CallFrame[]): readonly CallFrame[] {
  const last = frames.findLastIndex(({ place }) => !ENTRY.test(place));
  return last < 0 ? frames : frames.slice(0, last + 1);
}

/**
 * The way to an operation, the innermost frame first: the call site, and who called it. What the call site called, as TEE_Malloc,
 * and what calls the TA's entry points is left out. The call site alone where no more is known.
 */
export function siteFrames({ func, place, stack = "" }: Site): readonly CallFrame[] {
  const whole = readCallStack(stack);
  const at = whole.findIndex((frame) => frame.place !== "" && frame.place === place);
  const way = withoutEntry(at < 0 ? whole : whole.slice(at));
  // A library of the host is on no stack of the TA, but asks on its behalf.
  const isBeside = at < 0 && place !== "" && place !== "unknown";
  return isBeside || way.length === 0 ? [{ func, place }, ...way] : way;
}
