// struct malloc_stats of OP-TEE 4.0.0 lib/libutils/isoc/include/malloc.h, which is struct pta_stats_alloc later.
import { COUNTERS, type Counters } from "../../malloc/counters.ts";
import type { CMemory } from "../instance/memory.ts";

/** Bytes of the allocator's name, which the TA's library fills in. */
const NAME = 32;

/** Writes the counters in their order, 32 bits each. */
export function writeStats(memory: CMemory, at: number, stats: Counters): void {
  memory.bytes(at, NAME).fill(0);
  for (const [n, name] of COUNTERS.entries()) memory.setU32(at + NAME + 4 * n, stats[name]);
}
