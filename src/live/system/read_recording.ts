// A recording under watch: its heaps at its end, and again whenever it has grown.

import { heldBlocks } from "../../analyze/held_blocks.ts";
import { followBlocks } from "../../analyze/live_blocks.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { tracesOfOperations } from "../../recording/list_row.ts";
import type { Recording } from "../../recording/recording.ts";
import type { Source } from "../../source/source.ts";
import { recordedHeaps } from "../heaps/recorded.ts";
import type { LiveSites } from "../state/fleet.ts";
import type { Keeper } from "./keeper.ts";

/** What is remembered of a recording between two readings. */
interface RecordingView {
  /** Reads what the source has now. The error says why it could not be read. */
  read(source: Source, signal: AbortSignal): Promise<Result<Recording>>;
  /** What a heap held at the end. */
  liveBlocks(heap: string): Result<LiveSites>;
}

/** Begins before the first reading. */
export function createRecordingView(keeper: Keeper, clock: () => number): RecordingView {
  let last: Recording | undefined;
  let shift: number | undefined;
  let told = Number.NEGATIVE_INFINITY;
  return {
    async read(source, signal) {
      const asked = await source.ask("recording", signal);
      if (!asked.ok) return err(asked.error.text);
      last = asked.value;
      const { book, happened, end } = recordedHeaps(last, (length) => {
        shift ??= clock() - length;
        return shift;
      });
      const now = end + (shift ?? 0);
      keeper.know({ release: last.version, can: { resetMaxima: false, liveBlocks: last.traces.length > 0 } });
      keeper.sampled(book.states, now);
      for (const what of happened.filter(({ time }) => time > told)) keeper.happened(what);
      told = now;
      return ok(last);
    },
    liveBlocks: (heap) => (last === undefined ? err("it was not read yet") : liveIn(last, heap)),
  };
}

function liveIn(recording: Recording, key: string): Result<LiveSites> {
  const [uuid, number] = key.startsWith("ta:") ? key.slice(3).split("#") : [undefined, undefined];
  const context = uuid === undefined ? "core" : `ta-${uuid}`;
  const trace = tracesOfOperations(recording.traces).find((one) => one.context === context);
  if (trace === undefined || (uuid === undefined && key !== "pool:Heap"))
    return err("its operations were not recorded, only its counters");
  const instance = trace.instances.findIndex((one) => number === undefined || one.number === Number(number));
  const live = followBlocks(trace);
  live.advance(trace.length);
  const { bySite } = heldBlocks(trace, live, (block) => number === undefined || live.instance[block] === instance);
  return ok({ bytes: "taken", sites: bySite().map(({ site, blocks, bytes }) => ({ site, blocks, bytes })) });
}
