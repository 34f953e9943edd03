// The memory layout with which optee_examples 4.0.0 were linked.
import type { TaLayout } from "../kernel/app_facts.ts";

/** Where optee_examples 4.0.0 were linked to: all alike, but for the address of the heap. */
export function exampleLayout(heapBase: number): TaLayout {
  return { textPages: 41, dataPages: 12, stackPages: 1, heapBase, heapLength: 32768 };
}
