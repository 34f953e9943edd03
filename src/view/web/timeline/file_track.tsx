// A heap of a recording in the timeline: its pyramid gives as many parts as there are pixels.
import { useMemo, useRef } from "preact/hooks";
import { grouped } from "../../../base/format.ts";
import type { IndexedHeap } from "../../../recording/indexed/indexed_recording.ts";
import { LISTS_LACK } from "../memory/words.ts";
import { bytesText, heapText } from "../parts/figures.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { useOnScreen } from "../parts/use_on_screen.ts";
import { useSettled } from "../parts/use_settled.ts";
import type { FileFacts } from "../worker/questions.ts";
import { type Scene, wholeOf } from "./scene.ts";
import { NO_SERIES, seriesOfHeap, withFree } from "./series.ts";
import { isBadMark } from "./slices.ts";
import { Track } from "./track.tsx";

/** Parts of the stretch that is asked for, which reaches half of a span to both sides, so that a pan finds something. */
const PARTS = 1800;

/** Moments of what is in sight at which the blocks of the large chart's heap are looked at. */
const LOOKS = 24;

interface Given {
  readonly file: string;
  readonly facts: FileFacts;
  readonly heap: IndexedHeap;
  readonly scene: Scene;
  readonly axis: boolean;
  readonly large: boolean;
  readonly choose: () => void;
}

export function FileTrack({ file, facts, heap, scene, axis, large, choose }: Given) {
  const place = useRef<HTMLDivElement>(null);
  const seen = useOnScreen(place);
  const { from, to } = scene.span.value;
  const margin = (to - from) / 2;
  const ask = {
    file,
    heap: heap.key,
    from: Math.max(facts.from, Math.floor(from - margin)),
    to: Math.min(wholeOf(facts).to, Math.ceil(to + margin)) + 1,
    parts: PARTS,
  };
  const { value, error } = useAnswer("timeline", seen ? ask : null);
  const rest = useSettled(scene.span.value);
  const looked = useAnswer(
    "free",
    large && seen && heap.kind === "events" && !heap.lists
      ? { file, heap: heap.key, from: Math.floor(rest.from), to: Math.ceil(rest.to), count: LOOKS }
      : null,
  );
  const series = useMemo(() => {
    if (value === undefined) return NO_SERIES;
    const drawn = seriesOfHeap(value, heap, facts.order);
    return looked.value === undefined ? drawn : withFree(drawn, looked.value);
  }, [value, heap, facts, looked.value]);
  const marks = useMemo(
    () =>
      facts.marks
        .filter((mark) => mark.heap === heap.key || mark.heap < 0)
        .map(({ time, kind }) => ({ time, bad: isBadMark(kind) })),
    [facts, heap],
  );
  return (
    <div ref={place}>
      <Track
        name={heapText(heap.name, heap.instance)}
        title={heap.name}
        series={series}
        size={heap.poolSize === 0 ? null : heap.poolSize}
        peak={heap.rows === 0 ? null : heap.peak}
        lists={heap.lists}
        {...peakText(heap)}
        marks={marks}
        scene={scene}
        axis={axis}
        large={large}
        choose={choose}
      >
        {error !== "" && <b class="bad">{error}</b>}
      </Track>
      {large && <Legend heap={heap} looks={looked.value?.times.length ?? null} why={looked.error} />}
    </div>
  );
}

/** Counters know of a maximum from before they were read; of lists only the largest is known. */
function peakText({ kind, lists, peak, counted, poolSize, refused }: IndexedHeap): { readonly said?: string } {
  if (lists) return { said: `largest list ${bytesText(peak.allocated)} bytes` };
  if (kind !== "samples" || counted === 0) return {};
  const size = bytesText(poolSize === 0 ? null : poolSize);
  const failed = refused === 0 ? "" : `, ${grouped(refused)} failed`;
  return {
    said: `max allocated ${bytesText(counted)} of ${size} bytes${failed}; most seen ${bytesText(peak.allocated)}`,
  };
}

interface Looks {
  readonly heap: IndexedHeap;
  /** Null while they are being taken. */
  readonly looks: number | null;
  readonly why: string;
}

/** What the lines and dots of the large chart are. */
function Legend({ heap, looks, why }: Looks) {
  if (heap.lists)
    return (
      <p class="track-legend quiet">
        <span class="key-group">
          <span class="key key-most" /> bytes asked for in each leak list
        </span>
        {LISTS_LACK}
      </p>
    );
  return (
    <p class="track-legend quiet">
      <span class="key-group">
        <span class="key key-most" /> most in use
      </span>
      <span class="key-group">
        <span class="key key-least" /> least in use
      </span>
      <span class="key-group">
        <span class="key key-size" /> size of the pool
      </span>
      {heap.kind === "events" && (
        <span class="key-group">
          <span class="key key-free" /> largest free block
          {why !== "" ? `: not known, ${why}` : looks === null ? ", being looked for" : `, at ${looks} moments`}
        </span>
      )}
    </p>
  );
}
