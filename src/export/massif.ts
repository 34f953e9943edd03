// Exports a recording for ms_print and massif-visualizer.
import type { ExportFormat } from "./format.ts";
import { eachMoment, type HeldByStack, PROGRESS_ROWS, type StackMoment } from "./live_stacks.ts";
import { massifTree } from "./massif_tree.ts";
import type { Selection } from "./selection.ts";
import { originOf } from "./selection_name.ts";
import { stacksOf } from "./stacks.ts";

/** As many as massif itself takes. */
const SNAPSHOTS = 100;
const MICROS_PER_MS = 1000;
/** Milliseconds below which a run needs fractions of them to have a curve. */
const SHORT_MS = 10_000;

/** massif: the highest moment of each hundredth of the time, each with who held what. */
export const massif: ExportFormat = {
  name: "massif",
  summary: "ms_print, massif-visualizer: the heap over time and its holders",
  gzip: "by name",
  counters: "never",
  *chunks(selection, { onRows }) {
    const { rows } = selection;
    const stacks = stacksOf(selection);
    const clock = clockOf(selection);
    const walk = (half: number, visit: (moment: StackMoment, held: HeldByStack) => void): void =>
      eachMoment(selection, stacks, (moment, held) => {
        if (moment.row % PROGRESS_ROWS === 0) onRows((half * rows + moment.row) / 2);
        visit(moment, held);
      });
    const moments = momentsOf(selection, clock, (visit) => walk(0, visit));
    const peak = moments.reduce((best, { bytes }, n) => (bytes > (moments[best]?.bytes ?? 0) ? n : best), 0);
    yield `desc: teemem export --format massif\ncmd: ${originOf(selection)}\ntime_unit: ${clock.unit}\n`;
    const snapshots: string[] = [];
    walk(1, ({ row, bytes }, held) => {
      for (let n = snapshots.length; moments[n]?.row === row; n++) {
        const kind = n === peak ? "peak" : "detailed";
        snapshots.push(
          snapshot(n, clock.text(moments[n] as StackMoment), bytes, kind) + massifTree(stacks, held.bytes),
        );
      }
    });
    yield* snapshots;
  },
};

/** The axis of time. */
interface Clock {
  readonly unit: "ms" | "i";
  /** Where a moment stands on the axis, in any unit. */
  at(moment: StackMoment): number;
  /** The same in the unit of the file. */
  text(moment: StackMoment): string;
  /** Length of the axis, and its smallest step. */
  readonly length: number;
  readonly step: number;
}

/** Milliseconds; operations where the recording has no times. ms_print knows no other units, but takes fractions. */
function clockOf({ first, last, rows }: Selection): Clock {
  if (last <= first) return { unit: "i", at: ({ row }) => row, text: ({ row }) => String(row), length: rows, step: 1 };
  const isShort = last - first < SHORT_MS * MICROS_PER_MS;
  return {
    unit: "ms",
    at: ({ time }) => time,
    text: ({ time }) => String(isShort ? time / MICROS_PER_MS : Math.floor(time / MICROS_PER_MS)),
    length: last - first + 1,
    step: isShort ? 1 : MICROS_PER_MS,
  };
}

/**
 * The highest moment of each hundredth of the time, and the last of all. Viewers draw lines from snapshot to snapshot, so that what
 * was held over an empty hundredth is there once more, right before it changes.
 */
function momentsOf(
  { rows }: Selection,
  { at, length, step }: Clock,
  walk: (visit: (moment: StackMoment) => void) => void,
): StackMoment[] {
  const width = Math.max(1, length / SNAPSHOTS);
  const best: StackMoment[] = [];
  let bucket = -1;
  let before: StackMoment | null = null;
  walk((moment) => {
    const here = Math.floor(at(moment) / width);
    if (here > bucket) {
      if (before !== null && here > bucket + 1) best.push({ ...before, time: moment.time - step });
      bucket = here;
      best.push(moment);
    } else if (moment.bytes > (best.at(-1)?.bytes ?? 0)) best[best.length - 1] = moment;
    if (moment.row === rows - 1 && best.at(-1)?.row !== moment.row) best.push(moment);
    before = moment;
  });
  return best;
}

function snapshot(n: number, time: string, bytes: number, kind: string): string {
  return [
    `#-----------\nsnapshot=${n}\n#-----------\n`,
    `time=${time}\nmem_heap_B=${bytes}\nmem_heap_extra_B=0\nmem_stacks_B=0\n`,
    `heap_tree=${kind}\n`,
  ].join("");
}
