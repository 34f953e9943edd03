// Exports a recording for heaptrack.
import { type BlockChanges, type BlockLives, blockLives } from "../analyze/block_lives.ts";
import { timeRuns } from "../analyze/time_runs.ts";
import { mostOf } from "../base/extremes.ts";
import { printable } from "../base/printable.ts";
import { rowCursor } from "../replay/trace_rows.ts";
import type { ExportFormat } from "./format.ts";
import { createCounters, type HeapCounters } from "./heap_counters.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import { originOf } from "./selection_name.ts";
import type { StackFrame } from "./stack_frame.ts";
import { type Stacks, stacksOf } from "./stacks.ts";
import { createText, type Text } from "./text.ts";

// The interpreted data file of heaptrack: lines of a letter and numbers in hexadecimal, tables numbered from 1 in the order
// of their lines but for `a`, which counts from 0. File version 1 has all that is needed, and every heaptrack since 1.0
// reads it.
const HEAD = "v 10000 1\n";
const MICROS_PER_MS = 1000;
const MANY_HEAPS = 3;

/** heaptrack: every allocation and free in time order, all selected heaps as one process. Bytes with block headers. */
export const heaptrack: ExportFormat = {
  name: "heaptrack",
  summary: "heaptrack_print, heaptrack_gui: allocations, peak and leaks",
  gzip: "usually",
  counters: "never",
  *chunks(selection, { onRows }) {
    const { heaps, first } = selection;
    const lives = heaps.map(({ trace }) => blockLives(trace));
    const stacks = stacksOf(selection);
    const text = createText();
    text.add(`${HEAD}X teemem ${titleOf(selection)}\nI 1 ${poolsOf(selection).toString(16)}\n`);
    const traces = yield* tablesOf(selection, stacks, text);
    const infos = createInfos(stacks, traces, lives, text);
    const times = heaps.map(({ trace }) => rowCursor(trace, ["time"]));
    const counters = heaps.map(createCounters);
    let pools = 0;
    for (const [heap, { range }] of heaps.entries()) {
      infos.enter(heap);
      lives[heap]?.before(range.from, infos);
    }
    let stamp = 0;
    let done = 0;
    for (const { heap, from, to } of timeRuns(heaps)) {
      const changes = lives[heap] as BlockLives;
      const rowsAt = times[heap] as (typeof times)[number];
      const counter = counters[heap] as HeapCounters;
      infos.enter(heap);
      for (let row = from; row < to; row++) {
        counter.step(row);
        const rows = rowsAt(row);
        const time = Math.floor(((rows.time[row - rows.first] as number) - first) / MICROS_PER_MS);
        if (time > stamp) {
          stamp = time;
          text.add(`c ${time.toString(16)}\n`);
        }
        const pool = counters.reduce((sum, one) => sum + one.pool, 0);
        if (pool !== pools) text.add(`R ${pool.toString(16)}\n`);
        pools = pool;
        changes.at(row, infos);
        changes.after(row, infos);
        counter.end(row);
        if (!text.full()) continue;
        onRows(done + row - from);
        yield text.take();
      }
      done += to - from;
    }
    yield text.take();
  },
};

/** What was exported, and its heaps unless there are many. */
function titleOf(selection: Selection): string {
  const names = selection.heaps.map(({ trace }) => trace.context);
  const heaps = names.length > MANY_HEAPS ? `${names.length} heaps` : names.join(" ");
  return `${originOf(selection)}: ${printable(heaps)}`;
}

/** Bytes of all pools: heaptrack shows them as the memory of the system, in pages of a byte. */
function poolsOf({ heaps }: Selection): number {
  const bytesOf = ({ trace }: SelectedHeap): number =>
    mostOf(
      trace.instances.map(({ pools }) => pools.reduce((sum, { length }) => sum + length, 0)),
      0,
    );
  return heaps.reduce((sum, heap) => sum + bytesOf(heap), 0);
}

/** Writes the tables of strings, places and traces. Returns the trace of each stack. */
function* tablesOf({ heaps }: Selection, stacks: Stacks, text: Text): Generator<string, Int32Array, void> {
  const strings = new Map<string, number>();
  const places = new Map<string, number>();
  const traces = new Map<string, number>();
  const numberOf = (table: Map<string, number>, key: string, line: () => string): number => {
    const known = table.get(key);
    if (known !== undefined) return known;
    const made = line();
    table.set(key, table.size + 1);
    text.add(made);
    return table.size;
  };
  const string = (value: string): number => (value === "" ? 0 : numberOf(strings, value, () => `s ${value}\n`));
  const place = ({ func, file, line }: StackFrame, module: string): number =>
    numberOf(places, `${module}\n${func}\n${file}\n${line}`, () => {
      const frame = [string(module), string(func), string(file), line];
      // An address stands for each place; only its being different matters.
      return `i ${(places.size + 1).toString(16)} ${frame.map((n) => n.toString(16)).join(" ")}\n`;
    });
  const ofStack = new Int32Array(stacks.list.length);
  for (const [n, stack] of stacks.list.entries()) {
    const module = printable(heaps[stack.heap]?.trace.context ?? "");
    let parent = 0;
    for (const frame of stacks.frames(stack).toReversed()) {
      const at = place(frame, module);
      const up = parent;
      parent = numberOf(traces, `${at} ${up}`, () => `t ${at.toString(16)} ${up.toString(16)}\n`);
    }
    ofStack[n] = parent;
    if (text.full()) yield text.take();
  }
  return ofStack;
}

/** Writes allocations and frees, and before the first of its kind what an allocation is: a size and a trace. */
function createInfos(
  stacks: Stacks,
  traces: Int32Array,
  lives: readonly BlockLives[],
  text: Text,
): BlockChanges & { enter(heap: number): void } {
  const known = new Map<number, number>();
  const ofBlock = lives.map(({ live }) => new Int32Array(live.made.length));
  let here = 0;
  return {
    enter(heap: number) {
      here = heap;
    },
    made(block: number): void {
      const { live } = lives[here] as BlockLives;
      const stack = stacks.ofBlock(here, live, block);
      const size = live.bytes[block] as number;
      const key = size * stacks.list.length + stack;
      let info = known.get(key);
      if (info === undefined) {
        info = known.size;
        known.set(key, info);
        text.add(`a ${size.toString(16)} ${(traces[stack] as number).toString(16)}\n`);
      }
      (ofBlock[here] as Int32Array)[block] = info;
      text.add(`+ ${info.toString(16)}\n`);
    },
    gone(block: number): void {
      text.add(`- ${((ofBlock[here] as Int32Array)[block] as number).toString(16)}\n`);
    },
  };
}
