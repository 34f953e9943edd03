// BGET's automatic pool expansion, by its original documentation: OP-TEE's copy of this part does not compile.
import type { Expansion, Heap } from "./heap.ts";

/** Sets how pools come and go by themselves. `null` everywhere switches it off. */
export function bectl(h: Heap, expansion: Expansion): void {
  h.expansion = expansion;
}
