// Exports a recording as a pprof profile.
import type { ExportFormat } from "./format.ts";
import { peakOfStacks } from "./live_stacks.ts";
import { encodeProfile, PROFILE_TYPES } from "./pprof_profile.ts";
import { originOf } from "./selection_name.ts";
import { totalsOfStacks } from "./stack_totals.ts";
import { markOfStack, stacksOf } from "./stacks.ts";

const NANOS = 1000;

/** pprof: one profile for all heaps, with what they held at the peak of all together. Bytes with block headers. */
export const pprof: ExportFormat = {
  name: "pprof",
  summary: "go tool pprof: call sites, in all and at the peak",
  gzip: "always",
  counters: "never",
  *chunks(selection, { at, onRows }) {
    const { recording, heaps, first, last, rows } = selection;
    const stacks = stacksOf(selection);
    const { made, left } = totalsOfStacks(selection, stacks, (done) => onRows(done / 2));
    const peak = at === "peak" ? peakOfStacks(selection, stacks, (done) => onRows((rows + done) / 2)) : null;
    const inUse = peak?.held ?? left;
    const samples = stacks.list.flatMap((stack, id) => {
      const value = [made, inUse].flatMap(({ blocks, bytes }) => [blocks[id] as number, bytes[id] as number]);
      if (value.every((n) => n === 0)) return [];
      return [{ heap: stack.heap, mark: markOfStack(heaps, stack), frames: stacks.frames(stack), value }];
    });
    const comments = [
      `teemem: ${originOf(selection)}; OP-TEE ${recording.version || "of unknown release"}`,
      `in use: ${at === "end" ? "never freed" : `at the peak${heaps.length > 1 ? " of all heaps together" : ""}`}`,
    ];
    yield encodeProfile({
      types: PROFILE_TYPES,
      samples,
      heaps: heaps.map(({ trace }) => trace.context),
      comments,
      duration: (last - first) * NANOS,
    });
  },
};
