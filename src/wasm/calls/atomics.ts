// Atomic counters, which OP-TEE has in assembly: lib/libutils/ext/include/atomic.h. Nobody else runs in a TA meanwhile.
import type { CMemory } from "../instance/memory.ts";
import type { HostCalls } from "./call_env.ts";

export function atomicSyscalls(memory: CMemory): HostCalls {
  const add = (at: number, by: number): number => {
    const value = (memory.u32(at) + by) >>> 0;
    memory.setU32(at, value);
    return value;
  };
  return {
    atomic_inc32: (at) => add(at, 1),
    atomic_dec32: (at) => add(at, -1),
  };
}
