import { createEventDecoder } from "../../daemon/event_decoder.ts";
import type { Connection } from "../../daemon/remote_client.ts";
import { getStats } from "../../malloc/stats.ts";
import type { Core } from "../../tee/core.ts";
import type { TeeEvent } from "../../tee/monitor/event.ts";
import { SUBSCRIBE } from "../../wire/event_body.ts";
import type { FoundSystem } from "../systems/system.ts";
import type { HeapView } from "./heap_rows.ts";

/** A view on the heaps of a system; on a daemon's by its events, all of which come before the reply to a call. */
export async function heapViewOf(behind: FoundSystem["behind"]): Promise<HeapView> {
  if (behind.kind === "core") return coreView(behind.core);
  const view = remoteView(behind.connection);
  // What the heaps are now comes before the answer to any question.
  await behind.connection.inspect.ended();
  return view;
}

export function coreView(core: Core): HeapView {
  return {
    lost: 0,
    get core() {
      return core.heap.heap.allocated;
    },
    ta(uuid) {
      const instance = core.instances.findLast((one) => one.uuid === uuid);
      if (instance === undefined) return null;
      const { allocated, maxAllocated: max } = getStats(instance.heap);
      return { allocated, max };
    },
  };
}

function remoteView(connection: Connection): HeapView {
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
  const decoder = createEventDecoder(take);
  connection.subscribe(SUBSCRIBE.OPERATIONS, decoder.feed);
  return {
    get lost() {
      return decoder.lost;
    },
    get core() {
      return core;
    },
    ta(uuid) {
      const found = [...heaps.values()].findLast((one) => one.uuid === uuid);
      return found ? { allocated: found.allocated, max: found.max } : null;
    },
  };
}
