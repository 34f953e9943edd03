// Exports a recording as a pprof profile.
import { followBlocks, type LiveBlocks } from "../analyze/live_blocks.ts";
import { peakRow } from "../analyze/report/peak.ts";
import { rowAt } from "../replay/trace_rows.ts";
import type { ExportFormat } from "./format.ts";
import { encodeProfile, PROFILE_TYPES } from "./pprof_profile.ts";
import { framesOf, markOfStack, stacksOf } from "./stacks.ts";

const NANOS = 1000;

/** pprof: one profile for all heaps, each with what it held at its own peak. Bytes with block headers. */
export const pprof: ExportFormat = {
  name: "pprof",
  summary: "go tool pprof, speedscope: call sites, in all and at the peak",
  gzip: "always",
  takesSamples: false,
  *chunks({ recording, heaps, first, last }, { at, onRows }) {
    const stacks = stacksOf(heaps);
    const { list } = stacks;
    const values = new Float64Array(list.length * PROFILE_TYPES.length);
    let rows = 0;
    for (const [heap, { trace, range }] of heaps.entries()) {
      const count = ({ made, site, bytes }: LiveBlocks, block: number, offset: number): void => {
        const stack = stacks.of(heap, made[block] as number, site[block] as number);
        const id = stack * PROFILE_TYPES.length + offset;
        values[id] = (values[id] as number) + 1;
        values[id + 1] = (values[id + 1] as number) + (bytes[block] as number);
      };
      const live = followBlocks(trace, {
        made(blocks, block, row) {
          if (row >= range.from) count(blocks, block, 0);
        },
      });
      const eachLive = (wanted: (block: number) => boolean): void => {
        for (const [block, made] of live.made.entries()) if (made >= 0 && wanted(block)) count(live, block, 2);
      };
      const peak = at === "peak" ? peakRow(trace, range) : undefined;
      if (peak !== undefined) {
        live.advance(peak + 1);
        const { instance, first } = rowAt(trace, peak);
        const own = instance[peak - first];
        eachLive((block) => live.instance[block] === own);
      }
      live.advance(range.to);
      if (at === "end") eachLive((block) => (live.made[block] as number) >= range.from);
      rows += range.to - range.from;
      onRows(rows);
    }
    const samples = list.flatMap((stack, id) => {
      const value = Array.from(values.subarray(id * PROFILE_TYPES.length, (id + 1) * PROFILE_TYPES.length));
      const frames = framesOf(heaps, stack);
      return value.some((n) => n > 0) ? [{ heap: stack.heap, mark: markOfStack(heaps, stack), frames, value }] : [];
    });
    const mark = `inuse: ${at === "peak" ? "at the peak of each heap" : "never freed"}`;
    const comments = [`teemem: ${recording.origin}`, `OP-TEE ${recording.version || "of unknown release"}`, mark];
    yield encodeProfile({
      types: PROFILE_TYPES,
      samples,
      heaps: heaps.map(({ trace }) => trace.context),
      comments,
      duration: (last - first) * NANOS,
    });
  },
};
