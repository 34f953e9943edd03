import { TEE } from "../abi/errors.ts";
import { zeroCounters } from "../abi/record.ts";
import type { TeeTime } from "../abi/time.ts";
import type { MallocStats } from "../malloc/context.ts";
import type { HeapOp } from "../malloc/events.ts";
import type { EventSink, HeapId } from "../tee/monitor/event.ts";
import type { Entry } from "../tee/ta/ta_instance.ts";
import { ENTRY, type EventBody, STEP } from "../wire/frames.ts";

/** What a daemon's events are turned with. */
export interface RemoteEvents {
  feed(event: EventBody): void;
  /** Events that the daemon left out because we read too slowly: with any, the figures may be wrong. */
  readonly lost: number;
}

/** A heap behind the wire. */
interface RemoteHeap {
  readonly heap: HeapId;
  /** The daemon's number of the heap; 0 for the core. */
  readonly instance: number;
  readonly uuid: string;
  readonly stats: MallocStats;
  panicked: boolean;
}

const ENTRIES: ReadonlyMap<number, Entry> = new Map(
  (["create", "open", "invoke", "close", "destroy"] as const).map((name) => [ENTRY[name], name]),
);

const NOTHING: MallocStats = zeroCounters();

/**
 * Turns the events of a daemon into those that a monitor takes. They are numbered anew, from 1. The protocol does not tell
 * of loaders' heaps, of blocks from before, nor of statistics from before: such blocks count as one, and a peak is that
 * since we listen.
 * @param nameOf the name of an application by its UUID, empty if unknown
 */
export function createRemoteEvents(
  nameOf: (uuid: string) => string,
  now: () => TeeTime,
  sink: EventSink,
): RemoteEvents {
  const texts = new Map<number, string>();
  const heaps = new Map<number, RemoteHeap>();
  let sequence = 0;
  let lost = 0;

  function introduce({ heap: id, name, size, allocated }: Extract<EventBody, { kind: "heap" }>): void {
    const uuid = texts.get(name) ?? "";
    if (uuid === "nexus") return;
    const heap = uuid === "core" ? "core" : "ta";
    const instance = heap === "core" ? 0 : id;
    const stats = { ...NOTHING, allocated, maxAllocated: allocated, size };
    heaps.set(id, { heap, instance, uuid, stats, panicked: false });
    if (heap === "ta") {
      sink({ kind: "loaded", sequence: ++sequence, instance, uuid, name: nameOf(uuid) });
      sink({ kind: "known", sequence, heap: "loader", instance, stats: NOTHING, blocks: [] });
    }
    const blocks = allocated > 0 ? [{ at: -1, bytes: allocated, site: null }] : [];
    sink({ kind: "known", sequence, heap, instance, stats: { ...stats }, blocks });
  }
  function operated(event: Extract<EventBody, { kind: "operation" }>): void {
    const known = heaps.get(event.heap);
    if (known === undefined) return;
    const { heap, instance, stats } = known;
    const op = String.fromCharCode(event.op) as HeapOp;
    const { pointer, size, arg, result, line, allocated } = event;
    stats.allocated = allocated;
    stats.maxAllocated = Math.max(stats.maxAllocated, allocated);
    if (result === 0 && op !== "F" && op !== "W" && op !== "P") {
      stats.failures++;
      if (size > stats.biggestFailure) Object.assign(stats, { biggestFailure: size, biggestFailureUsed: allocated });
    }
    const file = event.file === 0 ? null : (texts.get(event.file) ?? null);
    const plain = { op, pointer, size, arg, result, file, line, allocated };
    sink({ kind: "heap", sequence: ++sequence, heap, instance, ...plain });
  }
  function stepped({ step, entry: number, heap, session, command, code }: Extract<EventBody, { kind: "step" }>): void {
    const known = heaps.get(heap);
    if (known === undefined) return;
    const { instance, uuid, stats } = known;
    const entry = ENTRIES.get(number);
    if (step === STEP.UNLOADED) {
      const last = { uuid, name: nameOf(uuid), stats: { ...stats }, panicked: known.panicked, when: now() };
      sink({ kind: "unloaded", sequence: ++sequence, instance, last });
      heaps.delete(heap);
    } else if (entry !== undefined && step === STEP.ENTERED) {
      sink({ kind: "entered", sequence: ++sequence, instance, entry, session, command });
    } else if (entry !== undefined && step === STEP.LEFT) {
      if (code === TEE.TARGET_DEAD) known.panicked = true;
      sink({ kind: "left", sequence: ++sequence, instance, entry, session, command, code });
    }
  }
  return {
    get lost() {
      return lost;
    },
    feed(event) {
      if (event.kind === "text") texts.set(event.id, event.text);
      else if (event.kind === "heap") introduce(event);
      else if (event.kind === "operation") operated(event);
      else if (event.kind === "step") stepped(event);
      else lost += event.count;
    },
  };
}
