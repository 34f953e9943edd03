// Records the events of a running system.
import { readCallStack } from "../base/call_stack.ts";
import { type Counters, countOperation } from "../malloc/counters.ts";
import { MALLOC_FILE } from "../malloc/names.ts";
import { OP, OPERATIONS } from "../malloc/operation.ts";
import { HEAP_NAME } from "../release/releases.ts";
import type { HeapDone, HeapKnown, TaEntered, TaLeft, TeeEvent } from "../tee/monitor/event.ts";
import { createFindingListener } from "./finding_listener.ts";
import { createFindingRecorder } from "./finding_recorder.ts";
import type { Row, RowSink } from "./rows.ts";
import { writeSample } from "./write_sample.ts";

/** Records what happens in a system. */
export interface EventRecorder {
  /** Takes the next event; also the "known" ones that describe the beginning. */
  feed(event: TeeEvent): void;
  /** Writes the counters of every heap whose counters have changed since. */
  sample(): void;
  /** Contexts of the heaps that were listened to late: what was in them is known, how it came there is not. */
  readonly late: ReadonlySet<string>;
}

interface HeapInHand {
  readonly context: string;
  /** Number of the instance in the recording. */
  readonly number: number;
  readonly base: number;
  /** The user of the heap, for the column `thread`. */
  readonly thread: string;
  /** What statistics call it; empty if they do not know it. */
  readonly name: string;
  readonly stats: Counters;
  changed: boolean;
}

const POOL_TABLE = "pool table";
/** Numbers of instances go up by this much when a heap is resent after a gap. */
const ANEW = 1e6;

/** Records events as rows. `now` gives microseconds, ascending. Long: one state of the heaps, which all events change. */
export function createEventRecorder(writer: RowSink, now: () => number): EventRecorder {
  const heaps = new Map<string, HeapInHand>();
  const uuids = new Map<number, string>();
  const times = new Map<string, number>();
  const late = new Set<string>();
  /** Of the call site of each stack. */
  const functions = new Map<string, string>();
  const findings = createFindingRecorder(writer);
  const listen = createFindingListener((found) => {
    const instance = heaps.get(`ta ${found.instance}`)?.number ?? found.instance;
    findings.take({ ...found, time: now(), instance });
  });

  function know(event: HeapKnown): void {
    const { heap, instance, base, stats } = event;
    const key = `${heap} ${instance}`;
    const uuid = uuids.get(instance) ?? "";
    const again = times.get(key) ?? 0;
    times.set(key, again + 1);
    const known: HeapInHand = {
      context: heap === "ta" ? `ta-${uuid}` : heap === "loader" ? "ldelf" : heap,
      number: Math.max(1, instance) + again * ANEW,
      base,
      thread: heap === "loader" ? uuid : "-",
      name: heap === "core" ? HEAP_NAME : heap === "ta" ? uuid : "",
      stats: { ...stats },
      changed: true,
    };
    heaps.set(key, known);
    for (const row of beginning(event)) put(known, row);
    if (!isFresh(event)) late.add(known.context);
  }
  function put({ context, number, thread }: HeapInHand, row: Omit<Row, "time">): void {
    writer.add({ heap: context, instance: number, thread, time: now(), ...row });
  }
  function functionAt(stack: string, place: string): string {
    const func = functions.get(stack) ?? readCallStack(stack).find((frame) => frame.place === place)?.func ?? "";
    functions.set(stack, func);
    return func;
  }
  function hear({ heap, instance, op, pointer, size, arg, result, file, line, allocated, stack = "" }: HeapDone): void {
    const known = heaps.get(`${heap} ${instance}`);
    if (known === undefined) return;
    const { base, stats } = known;
    const letter = OP[op];
    const { name } = OPERATIONS[op];
    countOperation(stats, letter, size, arg, result, allocated);
    known.changed = true;
    const at = (offset: number): number => (offset === 0 ? 0 : base + offset);
    const place = file === null ? "unknown" : `${file}:${line}`;
    const passed = letter === OP.P ? base + pointer : at(pointer);
    const func = stack === "" ? "" : functionAt(stack, place);
    put(known, { op: name, pointer: passed, size, arg, result: at(result), allocated, func, place, stack });
  }
  function turn({ kind, instance, entry, command }: TaEntered | TaLeft): void {
    const known = heaps.get(`ta ${instance}`);
    const name = entry === "invoke" ? `invoke ${command}` : entry;
    if (known !== undefined) put(known, { op: kind === "entered" ? "enter" : "leave", name });
  }
  function sampleOf(known: HeapInHand): void {
    // A row is written later: it has the counters of this moment.
    const stats = { ...known.stats };
    if (known.name !== "" && known.changed) writeSample({ time: now(), heap: known.name, stats }, writer);
    known.changed = false;
  }
  return {
    late,
    sample() {
      for (const known of heaps.values()) sampleOf(known);
      findings.flush();
    },
    feed(event) {
      listen(event);
      if (event.kind === "finding") return;
      if (event.kind === "known") know(event);
      else if (event.kind === "heap") hear(event);
      else if (event.kind === "loaded") uuids.set(event.instance, event.uuid);
      else if (event.kind === "unloaded") {
        const known = heaps.get(`ta ${event.instance}`);
        if (known !== undefined) sampleOf(known);
        heaps.delete(`ta ${event.instance}`);
        heaps.delete(`loader ${event.instance}`);
      } else turn(event);
    },
  };
}

/** A heap in which nothing is but the table of its pools: it is as if its first operation had been heard. */
function isFresh({ blocks }: HeapKnown): boolean {
  const [first, second] = blocks;
  if (second !== undefined) return false;
  return first === undefined || first.site === POOL_TABLE || first.site?.startsWith(MALLOC_FILE) === true;
}

/** The rows that bring a heap to where it stands: its pool, then its table or what was found in it. */
function beginning(event: HeapKnown): Omit<Row, "time">[] {
  const { base, stats, blocks } = event;
  // A TA in C adds its pool itself.
  if (stats.size === 0) return [];
  const pool: Omit<Row, "time"> = { op: "add_pool", pointer: base, size: stats.size, place: "unknown" };
  const [table] = blocks;
  if (isFresh(event)) {
    if (table === undefined) return [pool];
    // An entry of the table has two words, its block at least a header of two more.
    const size = table.bytes < 32 ? 8 : 16;
    const made = { result: base + table.at, allocated: stats.allocated, place: `${MALLOC_FILE}:935` };
    return [pool, { op: "realloc", size, ...made }];
  }
  let allocated = 0;
  const found = blocks.map(({ at, bytes, site }, n): Omit<Row, "time"> => {
    allocated = n === blocks.length - 1 ? stats.allocated : allocated + bytes;
    return { op: "found", size: bytes, result: base + Math.max(0, at), allocated, place: site ?? "before" };
  });
  return [pool, ...found];
}
