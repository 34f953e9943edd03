// Connects listeners to the heaps of a system.
import { walkPool } from "../../heap/walk.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { listen } from "../../malloc/events.ts";
import { extra } from "../../malloc/malloc.ts";
import { poolsOf } from "../../malloc/pools.ts";
import { siteAt } from "../../malloc/site.ts";
import { getStats } from "../../malloc/stats.ts";
import type { Core } from "../kernel/core.ts";
import { type Subsystem, stateOf } from "../kernel/subsystem.ts";
import type { EntryObserver, TaInstance } from "../kernel/ta_instance.ts";
import type { EventSink, HeapId, KnownBlock, TaFinding, TeeEvent } from "./event.ts";
import type { SiteBook } from "./site_book.ts";

/** The listeners of a system, and the function that removes them from its heaps; null without listeners. */
interface EventTap {
  readonly sinks: Set<EventSink>;
  detach: (() => void) | null;
}

const TAP: Subsystem<EventTap> = { create: () => ({ sinks: new Set(), detach: null }) };

/** How many listen to the events of a system. */
export function listeners(core: Core): number {
  return stateOf(core, TAP).sinks.size;
}

/**
 * Passes on every event of a system, in order and with strictly increasing numbers without a gap, until the returned
 * function is called: every load, entry and exit of a TA, and every operation on the core heap and on
 * those of TAs and their loaders. The state at the beginning comes first, as "known" and "loaded". Heaps are
 * listened to only while somebody taps; all taps see the same numbers.
 * @param book knows who allocated blocks that were there before; default nobody but their leak headers
 */
export function tapEvents(core: Core, sink: EventSink, book: SiteBook | null = null): () => void {
  // A sink of its own, so that the same function can tap twice.
  const own: EventSink = (event) => sink(event);
  const tap = stateOf(core, TAP);
  tap.detach ??= attach(core, tap);
  tap.sinks.add(own);
  const now = core.sequence - 1;
  own(known(core.heap, "core", 0, now, book));
  if (core.nexusHeap !== null) own(known(core.nexusHeap, "nexus", 0, now, book));
  for (const instance of core.instances) {
    for (const event of begun(instance, now, book)) own(event);
  }
  return () => {
    tap.sinks.delete(own);
    if (tap.sinks.size > 0) return;
    tap.detach?.();
    tap.detach = null;
  };
}

/** Tells all who listen what a checker noticed. */
export function tellFinding(core: Core, found: Omit<TaFinding, "kind" | "sequence">): void {
  const { sinks } = stateOf(core, TAP);
  if (sinks.size === 0) return;
  const event: TaFinding = { kind: "finding", sequence: core.sequence++, ...found };
  for (const sink of sinks) sink(event);
}

function attach(core: Core, { sinks }: EventTap): () => void {
  const emit = (event: TeeEvent): void => {
    for (const sink of sinks) sink(event);
  };
  const hear = (ctx: MallocContext, heap: HeapId, instance: number): (() => void) =>
    listen(ctx, (op, pointer, size, arg, result, file, line, allocated) => {
      const sequence = core.sequence++;
      const event = { sequence, heap, instance, op, pointer, size, arg, result, file, line, allocated } as const;
      emit(ctx.stack === "" ? { kind: "heap", ...event } : { kind: "heap", ...event, stack: ctx.stack });
    });
  const stops = new Map<number, readonly (() => void)[]>([[0, [hear(core.heap, "core", 0)]]]);
  if (core.nexusHeap !== null) stops.set(-1, [hear(core.nexusHeap, "nexus", 0)]);
  const follow = ({ id, heap, loaderHeap }: TaInstance): void => {
    stops.set(id, [hear(heap, "ta", id), hear(loaderHeap, "loader", id)]);
  };
  for (const instance of core.instances) follow(instance);
  const observer: EntryObserver = {
    entered: ({ id }, entry, session, command, sequence) =>
      emit({ kind: "entered", sequence, instance: id, entry, session, command }),
    left: ({ id }, entry, session, command, code, sequence) =>
      emit({ kind: "left", sequence, instance: id, entry, session, command, code }),
    loaded(instance, sequence) {
      follow(instance);
      for (const event of begun(instance, sequence, null)) emit(event);
    },
    unloaded({ id }, sequence) {
      for (const stop of stops.get(id) ?? []) stop();
      stops.delete(id);
      const last = core.ended.at(-1);
      if (last !== undefined) emit({ kind: "unloaded", sequence, instance: id, last });
    },
  };
  core.observers.add(observer);
  return () => {
    core.observers.delete(observer);
    for (const stop of [...stops.values()].flat()) stop();
  };
}

/** An instance and its heaps as they stand. */
function begun(instance: TaInstance, sequence: number, book: SiteBook | null): TeeEvent[] {
  const { id, uuid, app, heap, loaderHeap } = instance;
  return [
    { kind: "loaded", sequence, instance: id, uuid, name: app.name },
    known(heap, "ta", id, sequence, book),
    known(loaderHeap, "loader", id, sequence, book),
  ];
}

function known(ctx: MallocContext, heap: HeapId, instance: number, sequence: number, book: SiteBook | null): TeeEvent {
  const { base } = ctx.heap.memory;
  return { kind: "known", sequence, heap, instance, base, stats: getStats(ctx), blocks: blocksOf(ctx, book) };
}

/** The blocks of a heap as they lie, as far as a damaged one lets us see them. */
function blocksOf(ctx: MallocContext, book: SiteBook | null): KnownBlock[] {
  const front = ctx.heap.geometry.header + extra(ctx);
  return poolsOf(ctx)
    .flatMap((pool) => walkPool(ctx.heap.memory, pool).blocks)
    .filter(({ free }) => !free)
    .map(({ at, size }) => {
      const payload = at + front;
      const site = siteAt(ctx, at) ?? (payload === ctx.table ? "pool table" : (book?.siteOf(ctx, payload) ?? null));
      return { at: payload, bytes: size, site };
    });
}
