// Libraries of a TA that waits by unwinding its stack: their functions cannot be on the stack then.
import { TaPanic } from "../../tee/kernel/panic.ts";
import { addPlaces } from "../dynamic/function_table.ts";
import type { PartAccess } from "../dynamic/link_library.ts";
import { placeTick } from "./tick.ts";

const UNWINDING = 1;

/** Loops of libraries have a tick of their own, `check`, that never waits; a function of the TA that waits for a library panics. */
export function besideUnwinding(exports: WebAssembly.Exports, check: () => void): PartAccess {
  const tickSlot = addPlaces(exports.__indirect_function_table as WebAssembly.Table, 1);
  placeTick(exports, tickSlot, check);
  const state = exports.asyncify_get_state as () => number;
  return {
    tickSlot,
    given(value) {
      if (typeof value !== "function") return value;
      const call = value as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        const result = call(...args);
        if (state() === UNWINDING) throw new TaPanic(0, "the TA waits for a library: Node.js 24 or later can");
        return result;
      };
    },
  };
}
