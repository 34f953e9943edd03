// Watches a system: every entry, exit and heap operation.
import type { Core } from "../kernel/core.ts";
import { type Active, createActive } from "./active.ts";
import type { HeapDone, HeapKnown, TaEntered, TaLeft, TaLoaded, TaUnloaded, TeeEvent } from "./event.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import type { CommandRecord } from "./record.ts";
import { tapEvents } from "./tap.ts";
import type { Monitor, MonitorFeed, MonitorOptions, WatchedEnd } from "./watched.ts";

/** Watches a system from now on. Every entry, exit and heap operation is seen: nothing is sampled. */
export function monitor(core: Core, options: MonitorOptions = {}): Monitor {
  const view = createMonitor(options);
  const stop = tapEvents(core, view.feed);
  return {
    records: view.records,
    ended: view.ended,
    get highest() {
      return view.highest;
    },
    stop,
  };
}

/** An instance that is followed. */
interface Followed {
  readonly ta: TaLoaded;
  heap: Ledger | null;
  loader: Ledger | null;
  active: Active | null;
}

/**
 * Makes records of events. Needs every event from the "known" ones on, in order; what it missed, it leaves out.
 * Long: one state of what is followed, which all events change.
 */
export function createMonitor(options: MonitorOptions = {}): MonitorFeed {
  const keep = options.keep ?? 10_000;
  const wanted = options.ta === undefined ? undefined : new Set([options.ta].flat().map((ta) => ta.toLowerCase()));
  const isWanted = (uuid: string, name: string): boolean =>
    wanted === undefined || wanted.has(uuid.toLowerCase()) || wanted.has(name.toLowerCase());
  const records: CommandRecord[] = [];
  const ended: WatchedEnd[] = [];
  const followed = new Map<number, Followed>();
  /** Commands inside, of TAs that are not watched too. */
  const inside = new Set<number>();
  let coreLedger: Ledger | null = null;
  let highest: CommandRecord | null = null;

  function* actives(): Generator<Active> {
    for (const { active } of followed.values()) if (active !== null) yield active;
  }
  function know(event: HeapKnown): void {
    const ledger = createLedger(event);
    const instance = followed.get(event.instance);
    if (event.heap === "core") {
      // All that is known begins with the core heap, at first and behind a gap: what was inside then may be gone.
      coreLedger = ledger;
      followed.clear();
      inside.clear();
    } else if (instance) instance[event.heap === "ta" ? "heap" : "loader"] = ledger;
  }
  function enter(event: TaEntered): void {
    for (const active of actives()) active.alone = false;
    const instance = followed.get(event.instance);
    const { heap, loader } = instance ?? {};
    if (instance && heap && loader && coreLedger && isWanted(instance.ta.uuid, instance.ta.name))
      instance.active = createActive(instance.ta, event, { heap, loader, core: coreLedger }, inside.size === 0);
    inside.add(event.instance);
  }
  function leave(event: TaLeft): void {
    inside.delete(event.instance);
    const instance = followed.get(event.instance);
    if (!instance?.active) return;
    const record = instance.active.end(event);
    instance.active = null;
    keepLatest(records, record, keep);
    if (highest === null || record.heap.peak > highest.heap.peak) highest = record;
    options.onRecord?.(record);
  }
  function heard(event: HeapDone): void {
    if (event.heap === "nexus") return;
    const instance = followed.get(event.instance);
    const ledger = event.heap === "core" ? coreLedger : instance?.[event.heap === "ta" ? "heap" : "loader"];
    if (!ledger) return;
    const concerned = event.heap === "core" ? [...actives()] : instance?.active ? [instance.active] : [];
    for (const active of concerned) active.ahead(event);
    ledger.apply(event);
    for (const active of concerned) active.behind(event);
  }
  function forget({ sequence, instance, last }: TaUnloaded): void {
    const holders = followed.get(instance)?.heap?.holders() ?? [];
    followed.delete(instance);
    if (!isWanted(last.uuid, last.name)) return;
    const end = { sequence, instance, last, holders };
    keepLatest(ended, end, keep);
    options.onEnd?.(end);
  }
  function feed(event: TeeEvent): void {
    switch (event.kind) {
      case "known":
        return know(event);
      case "loaded":
        return void followed.set(event.instance, { ta: event, heap: null, loader: null, active: null });
      case "unloaded":
        return forget(event);
      case "entered":
        return enter(event);
      case "left":
        return leave(event);
      case "heap":
        return heard(event);
    }
  }
  return {
    records,
    ended,
    get highest() {
      return highest;
    },
    feed,
  };
}

function keepLatest<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}
