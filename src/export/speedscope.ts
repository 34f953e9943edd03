// Exports a recording for speedscope.
import type { ExportFormat } from "./format.ts";
import { type HeldByStack, peakOfStacks } from "./live_stacks.ts";
import { originOf } from "./selection_name.ts";
import type { StackFrame } from "./stack_frame.ts";
import { totalsOfStacks } from "./stack_totals.ts";
import { type Stacks, stacksOf } from "./stacks.ts";

const SCHEMA = "https://www.speedscope.app/file-format-schema.json";
const MICROS = 1e6;

/** speedscope: flame graphs of the peak, of all that was allocated, and of what was never freed. Bytes with block headers. */
export const speedscope: ExportFormat = {
  name: "speedscope",
  summary: "speedscope.app: flame graphs of the peak and of what is left",
  gzip: "by name",
  counters: "never",
  *chunks(selection, { onRows }) {
    const stacks = stacksOf(selection);
    const { rows } = selection;
    const peak = peakOfStacks(selection, stacks, (done) => onRows(done / 2));
    const { made, left } = totalsOfStacks(selection, stacks, (done) => onRows((rows + done) / 2));
    const at = peak === null ? "" : `, ${((selection.first + peak.moment.time) / MICROS).toFixed(3)} s`;
    const sums: readonly (readonly [string, HeldByStack])[] = [
      [`in use at the peak${at}`, peak?.held ?? made],
      ["allocated in all", made],
      ["never freed", left],
    ];
    const frames = createFrames();
    const profiles = sums
      .map(([name, held]) => profileOf(name, held, stacks, frames))
      // A profile without a sample is an empty page.
      .filter(({ weights }, n) => n === 0 || weights.length > 0);
    const name = originOf(selection);
    yield `${JSON.stringify({ $schema: SCHEMA, exporter: "teemem", name, shared: { frames: frames.list }, profiles })}\n`;
  },
};

interface SampledProfile {
  readonly type: "sampled";
  readonly name: string;
  readonly unit: "bytes";
  readonly startValue: number;
  readonly endValue: number;
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** Stacks from the outermost to the innermost, in the order in which they were first seen. */
function profileOf(name: string, { bytes }: HeldByStack, stacks: Stacks, frames: Frames): SampledProfile {
  const held = stacks.list.flatMap((stack, id) =>
    (bytes[id] ?? 0) > 0 ? [{ stack, bytes: bytes[id] as number }] : [],
  );
  const weights = held.map((one) => one.bytes);
  return {
    type: "sampled",
    name,
    unit: "bytes",
    startValue: 0,
    endValue: weights.reduce((sum, weight) => sum + weight, 0),
    samples: held.map(({ stack }) => stacks.frames(stack).toReversed().map(frames.indexOf)),
    weights,
  };
}

interface Frames {
  readonly list: readonly { readonly name: string; readonly file?: string; readonly line?: number }[];
  indexOf(frame: StackFrame): number;
}

function createFrames(): Frames {
  const list: Frames["list"][number][] = [];
  const known = new Map<string, number>();
  return {
    list,
    indexOf({ func, file, line }) {
      const key = `${func}\n${file}\n${line}`;
      const index = known.get(key) ?? list.length;
      if (index === list.length)
        list.push({ name: func, ...(file === "" ? {} : { file }), ...(line === 0 ? {} : { line }) });
      known.set(key, index);
      return index;
    },
  };
}
