// Exports a recording for ms_print and massif-visualizer.
import { blockLives } from "../analyze/block_lives.ts";
import { timeRuns } from "../analyze/time_runs.ts";
import { printable } from "../base/printable.ts";
import { rowCursor } from "../replay/trace_rows.ts";
import type { ExportFormat } from "./format.ts";
import { massifTree } from "./massif_tree.ts";
import type { Selection } from "./selection.ts";
import { type Stacks, stacksOf } from "./stacks.ts";

/** As many as massif itself takes. */
const SNAPSHOTS = 100;
const DETAILED_EVERY = 10;
const MICROS_PER_MS = 1000;
const PROGRESS_ROWS = 8192;

/** massif: the highest moment of each hundredth of the time, with who held what at the peak and at some others. */
export const massif: ExportFormat = {
  name: "massif",
  summary: "ms_print, massif-visualizer: the heap over time and its holders",
  gzip: "by name",
  takesSamples: false,
  *chunks(selection, { onRows }) {
    const { heaps, rows, recording, mark } = selection;
    const stacks = stacksOf(heaps);
    const walk = (visit: Visit): void => eachRow(selection, stacks, visit);
    const moments = momentsOf(selection, (visit) =>
      walk((moment, live) => {
        if (moment.row % PROGRESS_ROWS === 0) onRows(moment.row / 2);
        visit(moment, live);
      }),
    );
    const peak = moments.reduce((best, { bytes }, n) => (bytes > (moments[best]?.bytes ?? 0) ? n : best), 0);
    const what = `${recording.origin}${mark === "" ? "" : `, ${mark}`}`;
    yield `desc: teemem export --format massif\ncmd: ${printable(what)}\ntime_unit: ms\n`;
    const snapshots: string[] = [];
    walk((moment, live) => {
      if (moment.row % PROGRESS_ROWS === 0) onRows((rows + moment.row) / 2);
      const n = snapshots.length;
      if (moments[n]?.row !== moment.row) return;
      const detailed = n % DETAILED_EVERY === 0 || n === moments.length - 1;
      const kind = n === peak ? "peak" : detailed ? "detailed" : "empty";
      snapshots.push(snapshot(n, moment, kind, kind === "empty" ? "" : massifTree(heaps, stacks.list, live)));
    });
    yield* snapshots;
  },
};

/** A moment: right after a row. */
interface Moment {
  /** Number of the row in time order, all heaps together. */
  readonly row: number;
  /** Microseconds since the first row. */
  readonly time: number;
  /** What all heaps hold. */
  readonly bytes: number;
}

/** Sees every moment, and what each stack holds then. */
type Visit = (moment: Moment, live: Float64Array) => void;

/** The highest moment of each hundredth of the time, and the last of all. */
function momentsOf({ rows, first, last }: Selection, walk: (visit: Visit) => void): Moment[] {
  const width = Math.max(1, (last - first + 1) / SNAPSHOTS);
  const best: Moment[] = [];
  let bucket = -1;
  walk((moment) => {
    const here = Math.floor(moment.time / width);
    // The clock may step back where several cores write it.
    if (here > bucket) {
      bucket = here;
      best.push(moment);
    } else if (moment.bytes > (best.at(-1)?.bytes ?? 0)) best[best.length - 1] = moment;
    if (moment.row === rows - 1 && best.at(-1)?.row !== moment.row) best.push(moment);
  });
  return best;
}

function eachRow({ heaps, first }: Selection, stacks: Stacks, visit: Visit): void {
  const live = new Float64Array(stacks.list.length);
  let bytes = 0;
  const lives = heaps.map(({ trace }) => blockLives(trace));
  const times = heaps.map(({ trace }) => rowCursor(trace, ["time"]));
  const changes = lives.map(({ live: blocks }, heap) => {
    const stackOf = new Int32Array(blocks.made.length);
    const add = (block: number, sign: number): void => {
      if (sign > 0) stackOf[block] = stacks.of(heap, blocks.made[block] as number, blocks.site[block] as number);
      const size = sign * (blocks.bytes[block] as number);
      const stack = stackOf[block] as number;
      live[stack] = (live[stack] as number) + size;
      bytes += size;
    };
    return { made: (block: number) => add(block, 1), gone: (block: number) => add(block, -1) };
  });
  for (const [heap, { range }] of heaps.entries()) {
    const own = changes[heap];
    if (own) lives[heap]?.before(range.from, own);
  }
  let done = 0;
  let time = 0;
  for (const { heap, from, to } of timeRuns(heaps)) {
    const own = changes[heap] as (typeof changes)[number];
    const rowsAt = times[heap] as (typeof times)[number];
    for (let row = from; row < to; row++) {
      lives[heap]?.at(row, own);
      const rows = rowsAt(row);
      time = Math.max(time, (rows.time[row - rows.first] as number) - first);
      visit({ row: done++, time, bytes }, live);
      lives[heap]?.after(row, own);
    }
  }
}

function snapshot(n: number, { time, bytes }: Moment, kind: string, tree: string): string {
  return [
    `#-----------\nsnapshot=${n}\n#-----------\n`,
    `time=${Math.floor(time / MICROS_PER_MS)}\nmem_heap_B=${bytes}\nmem_heap_extra_B=0\nmem_stacks_B=0\n`,
    `heap_tree=${kind}\n${tree}`,
  ].join("");
}
