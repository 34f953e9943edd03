// What a system that reports everything tells: refused requests, TAs that come, panic and go, and who holds what.
import { grouped } from "../../base/format.ts";
import { countOperation } from "../../malloc/counters.ts";
import { asksMemory, OP } from "../../malloc/operation.ts";
import type { Release } from "../../release/release.ts";
import { HEAP_NAME } from "../../release/releases.ts";
import type { HeapEvent } from "../../source/source.ts";
import { createLedger, type Ledger } from "../../tee/monitor/ledger.ts";
import { poolKey, type Reading, taKey } from "../heaps/reading.ts";
import { refusedText } from "../heaps/refused_text.ts";
import type { LiveSites } from "../state/fleet.ts";
import type { Happening } from "../state/state.ts";

type Event = HeapEvent["event"];
type HeapKnown = Extract<Event, { kind: "known" }>;
type HeapDone = Extract<Event, { kind: "heap" }>;

/** What is heard on the way. */
interface EventHearer {
  happened(what: Happening): void;
  /** After each operation. */
  point(key: string, time: number, allocated: number): void;
}

/** The heaps of a system, from its events alone. */
export interface EventBook {
  feed(event: Event, time: number): void;
  /** Their figures now. */
  readings(): Reading[];
  /** Who holds what of a heap, most bytes first; undefined where it is not known. */
  holders(key: string): Pick<LiveSites, "sites" | "given"> | undefined;
}

interface Heap {
  readonly key: string;
  readonly name: string;
  readonly uuid?: string;
  readonly stats: { -readonly [K in keyof HeapKnown["stats"]]: HeapKnown["stats"][K] };
  readonly ledger: Ledger;
}

/** Begins before the first event of a system of this release. */
export function createEventBook({ pools }: Pick<Release, "pools">, hear: EventHearer): EventBook {
  const nexus = pools.find(({ role }) => role === "nexus");
  const heaps = new Map<string, Heap>();
  const tas = new Map<number, { readonly uuid: string; readonly name: string }>();
  /** Number of the last event before the state that was sent last: what has the same number is that state. */
  let stateAt = -1;

  function begin({ heap, instance, stats, blocks }: HeapKnown): void {
    const ta = tas.get(instance);
    const pool = heap === "core" ? HEAP_NAME : nexus?.name || nexus?.when?.name || "nexus";
    if (heap === "loader" || (heap === "ta" && ta === undefined)) return;
    const whose =
      ta === undefined || heap !== "ta" ? { key: poolKey(pool), name: pool } : { ...ta, key: taKey(ta.uuid, instance) };
    heaps.set(`${heap} ${instance}`, { ...whose, stats: { ...stats }, ledger: createLedger({ stats, blocks }) });
  }
  function operate(event: HeapDone, time: number): void {
    const heap = heaps.get(`${event.heap} ${event.instance}`);
    if (heap === undefined) return;
    const { op, size, arg, result, allocated, file, line } = event;
    const code = OP[op];
    heap.ledger.apply(event);
    countOperation(heap.stats, code, size, arg, result, allocated);
    hear.point(heap.key, time, allocated);
    if (result !== 0 || !asksMemory(code)) return;
    const text = refusedText(heap.name, size, file === null ? "" : `${file}:${line}`, allocated);
    hear.happened({ time, kind: "refusal", heap: heap.key, text });
  }
  return {
    feed(event, time) {
      if (event.kind === "heap") return operate(event, time);
      if (event.kind === "known") {
        if (event.heap === "core") {
          stateAt = event.sequence;
          heaps.clear();
        }
        return begin(event);
      }
      if (event.kind === "lost")
        return hear.happened({
          time,
          kind: "gap",
          heap: "",
          text: `${grouped(event.count)} events were lost, because they came too fast`,
        });
      if (event.kind === "loaded") {
        const { instance, uuid, name } = event;
        tas.set(instance, { uuid, name });
        if (event.sequence !== stateAt)
          hear.happened({ time, kind: "loaded", heap: taKey(uuid, instance), text: `${name}: loaded` });
      }
      if (event.kind !== "unloaded") return;
      const { instance, last } = event;
      heaps.delete(`ta ${instance}`);
      tas.delete(instance);
      const key = taKey(last.uuid, instance);
      if (last.panicked) hear.happened({ time, kind: "panic", heap: key, text: `${last.name}: the TA panicked` });
      hear.happened({ time, kind: "unloaded", heap: key, text: `${last.name}: unloaded` });
    },
    readings: () =>
      [...heaps.values()].map(({ key, name, uuid, stats }) => ({
        ...{ key, name, stats: { ...stats }, sessions: null, panicked: false },
        ...(uuid === undefined ? ({ kind: "pool" } as const) : ({ kind: "ta", uuid } as const)),
      })),
    holders(key) {
      const ledger = [...heaps.values()].find((heap) => heap.key === key)?.ledger;
      return ledger === undefined ? undefined : { sites: ledger.holders(), given: ledger.given() };
    },
  };
}
