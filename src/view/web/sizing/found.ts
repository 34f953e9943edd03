// The sizes that were found, kept while the page is open: a search takes long, and a look at another view shall not lose it.
import type { HeapSize } from "../../../analyze/size/heap_size.ts";
import type { WorkerClient } from "../data/client.ts";
import type { ChosenHeap } from "../memory/chosen_heap.ts";

const found = new WeakMap<WorkerClient, Map<string, HeapSize>>();

/** Undefined where the heap was not sized, or has grown since. */
export function foundSize(client: WorkerClient, of: ChosenHeap): HeapSize | undefined {
  return found.get(client)?.get(keyOf(of));
}

export function keepSize(client: WorkerClient, of: ChosenHeap, size: HeapSize): void {
  const sizes = found.get(client) ?? new Map<string, HeapSize>();
  found.set(client, sizes.set(keyOf(of), size));
}

function keyOf({ file, heap }: ChosenHeap): string {
  return JSON.stringify([file, heap.key, heap.rows]);
}
