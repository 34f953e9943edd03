// The heaps of a recording as they were at its end, with what was before.
import { isTaName } from "../../abi/uuid.ts";
import { type Counters, count, isCounted, zeroCounters } from "../../malloc/counters.ts";
import { tracesOfOperations } from "../../recording/list_row.ts";
import type { Recording, Sample } from "../../recording/recording.ts";
import { HEAP_NAME } from "../../release/releases.ts";
import type { TraceRows } from "../../replay/trace_columns.ts";
import { rowParts } from "../../replay/trace_rows.ts";
import type { Happening } from "../state/state.ts";
import { createHeapBook, type HeapBook } from "./book.ts";
import { createHistory, type GrowingHistory } from "./history.ts";
import { poolKey, poolReadings, type Reading, taKey, taReadings } from "./reading.ts";
import { refusedText } from "./refused_text.ts";

const BOTH: ReadonlySet<Reading["kind"]> = new Set(["pool", "ta"]);
/** Refused requests that are told, the latest. */
const TOLD = 64;
const MS = 1000;

/** What a recording tells. */
interface RecordedHeaps {
  readonly book: HeapBook;
  readonly happened: readonly Happening[];
  /** Its last moment, in milliseconds on its own clock. */
  readonly end: number;
}

/** Reads a recording. `shift` is added to its times, in milliseconds. */
export function recordedHeaps(recording: Recording, shiftOf: (end: number) => number): RecordedHeaps {
  const traced = tracesOfOperations(recording.traces)
    .filter(({ length }) => length > 0)
    .flatMap(instancesOf);
  const named = new Set(traced.map(({ reading }) => reading.uuid ?? reading.name));
  const moments = momentsOf(recording.samples.filter(({ heap }) => !named.has(heap)));
  const end = Math.max(0, ...traced.map(({ last }) => last), ...moments.slice(-1).map(({ time }) => time));
  const shift = shiftOf(end);
  const book = createHeapBook();
  const happened: Happening[] = [];
  for (const { reading, history, refusals } of traced) {
    book.before(
      reading.key,
      history.times.map((time) => time + shift),
      history.allocated,
    );
    happened.push(...refusals.map((one) => ({ ...one, time: one.time + shift })));
  }
  let latest: readonly Reading[] = [];
  for (const { time, readings } of moments) {
    latest = readings;
    happened.push(...book.take(readings, BOTH, time + shift));
  }
  // What a trace counted is told by its rows.
  book.take([...traced.map(({ reading }) => reading), ...latest], BOTH, end + shift);
  return { book, happened: happened.sort((a, b) => a.time - b.time), end };
}

interface TracedHeap {
  readonly reading: Reading;
  readonly history: GrowingHistory;
  readonly refusals: readonly Happening[];
  readonly last: number;
}

/** The instances of a heap whose operations were recorded. */
function instancesOf(trace: Recording["traces"][number]): TracedHeap[] {
  const uuid = trace.context.startsWith("ta-") ? trace.context.slice(3) : undefined;
  if (uuid === undefined && trace.context !== "core") return [];
  const name = uuid ?? HEAP_NAME;
  const found = trace.instances.map(({ number, pools }) => ({
    name,
    key: uuid === undefined ? poolKey(HEAP_NAME) : taKey(uuid, number),
    stats: { ...zeroCounters(), size: pools.reduce((sum, { length }) => sum + length, 0) },
    history: createHistory(),
    refusals: [] as Happening[],
    last: 0,
  }));
  for (const rows of rowParts(trace)) {
    for (let at = rows.from - rows.first; at < rows.to - rows.first; at++) {
      const heap = found[rows.instance[at] as number];
      if (heap !== undefined) takeRow(heap, rows, at, (site) => trace.sites[site]?.place ?? "");
    }
  }
  return found.map(({ key, stats, name: _name, ...rest }) => {
    const whose = uuid === undefined ? ({ kind: "pool", name } as const) : ({ kind: "ta", name: uuid, uuid } as const);
    return { reading: { key, ...whose, stats, sessions: null, panicked: false }, ...rest };
  });
}

interface InstanceHeap {
  readonly key: string;
  readonly name: string;
  readonly stats: Counters;
  readonly history: GrowingHistory;
  readonly refusals: Happening[];
  last: number;
}

/** Takes the row at an index of the columns. */
function takeRow(heap: InstanceHeap, rows: TraceRows, at: number, placeOf: (site: number) => string): void {
  const { key, name, stats, history, refusals } = heap;
  const [time, allocated, size] = [
    (rows.time[at] as number) / MS,
    rows.allocated[at] as number,
    rows.size[at] as number,
  ];
  heap.last = time;
  history.add(time, allocated);
  stats.allocated = allocated;
  if (!isCounted(rows.op[at] as number, rows.arg[at] as number)) return;
  const failed = rows.result[at] === 0;
  count(stats, failed, size, allocated);
  if (!failed) return;
  refusals.push({
    time,
    kind: "refusal",
    heap: key,
    text: refusedText(name, size, placeOf(rows.site[at] as number), allocated),
  });
  if (refusals.length > TOLD) refusals.shift();
}

/** Samples of the same time are one answer. */
function momentsOf(samples: readonly Sample[]): { time: number; readings: Reading[] }[] {
  const moments: { time: number; samples: Sample[] }[] = [];
  for (const sample of samples) {
    const time = sample.time / MS;
    if (moments.at(-1)?.time !== time) moments.push({ time, samples: [] });
    moments.at(-1)?.samples.push(sample);
  }
  return moments.map(({ time, samples: some }) => ({
    time,
    readings: [
      ...poolReadings(some.filter(({ heap }) => !isTaName(heap)).map(({ heap, stats }) => ({ name: heap, ...stats }))),
      ...taReadings(
        some
          .filter(({ heap }) => isTaName(heap))
          .map(({ heap, stats }) => ({ uuid: heap, heap: { name: "", ...stats } })),
      ),
    ],
  }));
}
