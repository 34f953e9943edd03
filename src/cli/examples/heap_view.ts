// The heaps of a source while an example runs, from its events.
import { type Following, follow } from "../../source/follow.ts";
import type { TracedSource } from "../../source/source.ts";
import type { TeeEvent } from "../../tee/monitor/event.ts";
import type { HeapView } from "./heap_rows.ts";

/** A view on the heaps of a source, which knows them when it resolves. */
export async function heapViewOf(source: TracedSource): Promise<HeapView> {
  const heaps = new Map<number, { readonly uuid: string; allocated: number; max: number }>();
  let core = 0;

  function take(event: TeeEvent): void {
    if (event.kind === "loaded") heaps.set(event.instance, { uuid: event.uuid, allocated: 0, max: 0 });
    else if (event.kind === "unloaded") heaps.delete(event.instance);
    else if (event.kind === "known") note(event, event.stats.allocated, event.stats.maxAllocated);
    else if (event.kind === "heap") note(event, event.allocated, event.allocated);
  }
  function note({ heap, instance }: Extract<TeeEvent, { kind: "known" | "heap" }>, now: number, max: number): void {
    if (heap === "core") core = now;
    const known = heaps.get(instance);
    if (heap === "ta" && known) Object.assign(known, { allocated: now, max: Math.max(known.max, max) });
  }
  const following: Following = follow(source, take);
  await following.caughtUp();
  return {
    get lost() {
      return following.lost;
    },
    get core() {
      return core;
    },
    ta(uuid) {
      const found = [...heaps.values()].findLast((one) => one.uuid === uuid);
      return found ? { allocated: found.allocated, max: found.max } : null;
    },
    settled: () => following.caughtUp(),
  };
}
