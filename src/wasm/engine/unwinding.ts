// Waiting by Asyncify of binaryen: the TA's code leaves all of its functions, keeps their state in memory, and enters them
// again later. For engines without JavaScript Promise Integration.
import type { Space } from "../instance/space.ts";
import type { Waiting } from "./waiting.ts";

/** What binaryen's pass adds to a module. */
interface Unwound {
  asyncify_start_unwind(at: number): void;
  asyncify_stop_unwind(): void;
  asyncify_start_rewind(at: number): void;
  asyncify_stop_rewind(): void;
  asyncify_get_state(): number;
}

/** Bytes for the state of all functions that wait. One that needs more traps, and the TA panics. */
const STATE_BYTES = 2 ** 18;

const REWINDING = 2;

/** For the module of one instance. */
export function createUnwinding(): Waiting {
  let code: Unwound | null = null;
  let at = 0;
  let memory = new DataView(new ArrayBuffer(8));
  let waitsFor: Promise<unknown> | null = null;
  let answer: unknown;
  const begin = (): void => {
    memory.setUint32(at, at + 8, true);
    memory.setUint32(at + 4, at + STATE_BYTES, true);
  };
  return {
    suspends: true,
    attach(exports, space: Space) {
      code = exports as unknown as Unwound;
      at = space.take(STATE_BYTES);
      memory = new DataView((exports.memory as WebAssembly.Memory).buffer);
    },
    suspending:
      (call) =>
      (...args: never[]) => {
        if (code?.asyncify_get_state() === REWINDING) {
          code.asyncify_stop_rewind();
          return answer;
        }
        const value = call(...args);
        if (!(value instanceof Promise)) return value;
        waitsFor = value;
        begin();
        code?.asyncify_start_unwind(at);
        return 0;
      },
    promising:
      (entry) =>
      async (...args) => {
        let result = entry(...(args as never[]));
        while (waitsFor !== null) {
          code?.asyncify_stop_unwind();
          const waited: Promise<unknown> = waitsFor;
          waitsFor = null;
          answer = await waited;
          code?.asyncify_start_rewind(at);
          result = entry(...(args as never[]));
        }
        return result as number;
      },
  };
}
