// Who calls the allocator. It costs some microseconds to find out, so it is done only where somebody wants to know.
import type { MallocContext } from "../../malloc/context.ts";
import type { File } from "../../malloc/malloc.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { SiteHere } from "../sites/stack_sites.ts";

/** File and line that the operation is put down to; undefined where nobody asks. */
export type Caller = () => readonly [file: File, line: number];

const NOBODY = [undefined, 0] as const;

/** Says nothing of who calls. */
export const nobody: Caller = () => NOBODY;

/** Tells who calls, and leaves the whole stack with the heap for its listeners. */
export function stackCaller(heap: MallocContext, here: SiteHere): Caller {
  return () => {
    if (heap.listener === null && !heap.leakHeaders) return NOBODY;
    const { file, line, stack } = here();
    heap.stack = stack;
    return [file, line];
  };
}

/** Calls of a library that is the host's: what it allocates is put down to the TA's own code that called it. */
export function calledBy(heap: MallocContext, here: SiteHere, calls: HostCalls): HostCalls {
  const done = (): void => {
    heap.stack = "";
    heap.behalf = null;
  };
  const seen = Object.entries(calls).map(([name, call]) => {
    const known = (...args: number[]): ReturnType<typeof call> => {
      if (heap.listener === null) return call(...args);
      const { file, line, stack, own } = here();
      heap.stack = stack;
      heap.behalf = own ? { file, line } : null;
      let answer: ReturnType<typeof call>;
      try {
        answer = call(...args);
      } catch (error) {
        done();
        throw error;
      }
      if (answer instanceof Promise) return answer.finally(done);
      done();
      return answer;
    };
    return [name, known] as const;
  });
  return Object.fromEntries(seen);
}
