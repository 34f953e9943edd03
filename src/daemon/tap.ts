// What subscribers hear: entries into trusted applications, and operations on heaps.
import type { MallocContext } from "../malloc/context.ts";
import { listen } from "../malloc/events.ts";
import type { Core } from "../tee/core.ts";
import type { Entry, EntryObserver, TaInstance } from "../tee/ta/ta_instance.ts";
import { ENTRY, type EventBody, STEP, SUBSCRIBE } from "../wire/frames.ts";

/** Takes events; what is `lossy` may be left out where the reader is slow, the rest gives the numbers their meaning. */
export type EventSink = (event: EventBody, lossy: boolean) => void;

/**
 * Tells a sink of the heaps that there are and of all that happens from now on; `events` is a sum of `SUBSCRIBE`. Returns
 * what ends it.
 */
export function tap(core: Core, events: number, sink: EventSink): () => void {
  const texts = new Map<string, number>();
  const heaps = new Map<MallocContext, number>();
  const silence = new Map<MallocContext, () => void>();

  function textOf(text: string | null): number {
    if (text === null) return 0;
    const known = texts.get(text);
    if (known !== undefined) return known;
    const id = texts.size + 1;
    texts.set(text, id);
    sink({ kind: "text", id, text }, false);
    return id;
  }
  let heapCount = 0;
  function introduce(name: string, context: MallocContext): void {
    const heap = ++heapCount;
    heaps.set(context, heap);
    const { memory, allocated } = context.heap;
    sink({ kind: "heap", heap, name: textOf(name), size: context.size, allocated, base: memory.base }, false);
    if ((events & SUBSCRIBE.OPERATIONS) === 0) return;
    const stop = listen(context, (op, pointer, size, arg, result, file, line, now) => {
      const place = textOf(file);
      const code = op.charCodeAt(0);
      sink({ kind: "operation", heap, op: code, pointer, size, arg, result, file: place, line, allocated: now }, true);
    });
    silence.set(context, stop);
  }
  function step(
    sequence: number,
    what: number,
    instance: TaInstance,
    entry: Entry | "none" = "none",
    session = 0,
    command = 0,
    code = 0,
  ): void {
    if ((events & SUBSCRIBE.STEPS) === 0) return;
    const heap = heaps.get(instance.heap) ?? 0;
    sink({ kind: "step", sequence, step: what, entry: ENTRY[entry], heap, session, command, code }, true);
  }
  const observer: EntryObserver = {
    loaded(instance, sequence) {
      introduce(instance.uuid, instance.heap);
      step(sequence, STEP.LOADED, instance);
    },
    entered: (instance, entry, session, command, sequence) =>
      step(sequence, STEP.ENTERED, instance, entry, session, command),
    left: (instance, entry, session, command, code, sequence) =>
      step(sequence, STEP.LEFT, instance, entry, session, command, code),
    unloaded(instance, sequence) {
      step(sequence, STEP.UNLOADED, instance);
      silence.get(instance.heap)?.();
      silence.delete(instance.heap);
      heaps.delete(instance.heap);
    },
  };
  introduce("core", core.heap);
  if (core.nexusHeap !== null) introduce("nexus", core.nexusHeap);
  for (const instance of core.instances) introduce(instance.uuid, instance.heap);
  core.observers.add(observer);
  return () => {
    core.observers.delete(observer);
    for (const stop of silence.values()) stop();
    silence.clear();
  };
}
