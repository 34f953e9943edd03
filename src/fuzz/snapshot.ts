// An instance as it is at a moment, to go back to: its memory, its checks, and what its heap keeps beside its bytes.
import type { MallocContext } from "../malloc/context.ts";

/** Bytes of an instance's memory. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Remembers the state; what is returned goes back to it. Objects of cryptography and storage stay as they are. */
export function snapshot(memory: Uint8Array, spans: readonly Span[], heap: MallocContext): () => void {
  const bytes = spans.map(({ from, to }) => memory.slice(from, to));
  const outer = numbersOf(heap);
  const inner = numbersOf(heap.heap);
  return () => {
    for (const [n, { from }] of spans.entries()) memory.set(bytes[n] as Uint8Array, from);
    Object.assign(heap, outer);
    Object.assign(heap.heap, inner);
  };
}

function numbersOf(state: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(state).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
