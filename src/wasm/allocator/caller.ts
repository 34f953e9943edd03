// Who calls the allocator. It costs some microseconds to find out, so it is done only where somebody wants to know.
import type { MallocContext } from "../../malloc/context.ts";
import type { File } from "../../malloc/malloc.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { SiteHere } from "../sites/stack_sites.ts";

/** File and line that the operation is put down to; undefined where nobody asks. */
export type Caller = () => readonly [file: File, line: number];

const NOBODY = [undefined, 0] as const;

/** Tells who calls, and leaves the whole stack with the heap for its listeners. */
export function stackCaller(heap: MallocContext, here: SiteHere): Caller {
  return () => {
    if (heap.listener === null && !heap.leakHeaders) return NOBODY;
    const { file, line, stack } = here();
    heap.stack = stack;
    return [file, line];
  };
}

/** Calls that leave their caller's stack with the heap first. */
export function calledBy(caller: Caller, calls: HostCalls): HostCalls {
  const seen = Object.entries(calls).map(([name, call]) => {
    const known = (...args: number[]): ReturnType<typeof call> => {
      caller();
      return call(...args);
    };
    return [name, known] as const;
  });
  return Object.fromEntries(seen);
}
