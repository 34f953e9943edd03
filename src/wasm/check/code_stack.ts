// A call stack that is looked at later: to remember one costs little, to write it down costs some hundred microseconds.
import { type CallFrame, writeCallStack } from "../../base/call_stack.ts";
import { DeepError } from "../../base/deep_error.ts";
import { placeParts, sameEnd } from "../../base/place_parts.ts";
import type { TaModule } from "../module/ta_module.ts";
import { isLibrary } from "../sites/own_code.ts";
import { isAround } from "../sites/panic_stack.ts";
import { framesOfText } from "../sites/stack_sites.ts";

/** Remembers where the TA is now. Gives what writes it down. */
export function rememberStack(): () => string {
  // The engine writes its text when it is asked for first.
  const made = new DeepError("stack");
  return () => made.stack ?? "";
}

/** A stack of the TA's own code. */
export interface CodeStack {
  /** As `writeCallStack` has it, from the innermost frame of the TA's own code outwards; of a library, where there is none. */
  readonly stack: string;
  /** The function of a library that the TA's own code called; empty for none. */
  readonly through: string;
  /** It has a frame of the TA's own code. */
  readonly own: boolean;
}

/** Reads what `rememberStack` gave. */
export function readStack(module: TaModule, text: string): CodeStack {
  const frames = framesOfText(module, text).filter(({ func, place }) => place !== "" || !isAround(func));
  const own = frames.findIndex(isOwn);
  if (own <= 0) return { stack: writeCallStack(frames), through: "", own: own === 0 };
  return {
    stack: writeCallStack(frames.slice(own)),
    through: (frames[own - 1]?.func ?? "").replace(/^__GP11_/, ""),
    own: true,
  };
}

/** True for a line of a function on the stack, above the line where that function is now. */
export function isWithin(module: TaModule, text: string, { file, line }: { file: string; line: number }): boolean {
  return framesOfText(module, text).some(({ place, begins }) => {
    const now = placeParts(place);
    return sameEnd(now.file, file) && begins <= line && line <= now.line;
  });
}

function isOwn({ place }: CallFrame): boolean {
  return place !== "" && !isLibrary(place);
}
