// The heap's bytes over time, and the moment on it: dragged, moved by keys, or playing.
import { useEffect, useRef, useState } from "preact/hooks";
import type { IndexedHeap } from "../../../recording/indexed/indexed_recording.ts";
import { timeText } from "../parts/figures.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { Picture } from "../pictures/picture.tsx";
import type { Range } from "../state/choice.ts";
import { paintStrip } from "./strip_paint.ts";

interface Given {
  readonly file: string;
  readonly heap: IndexedHeap;
  readonly range: Range;
  /** Microseconds. */
  readonly moment: number;
  readonly put: (moment: number, kind: "step" | "move") => void;
  /** The map of the moment is not drawn yet: playing waits for it. */
  readonly waits: boolean;
}

const PARTS = 600;
/** Steps of a whole play, and the time between two. */
const STEPS = 300;
const STEP_MS = 66;

export function Scrubber({ file, heap, range, moment, put, waits }: Given) {
  const { value } = useAnswer("timeline", { file, heap: heap.key, ...range, parts: PARTS });
  const [playing, play] = useState(false);
  const length = Math.max(1, range.to - range.from);
  const now = useRef({ moment, waits, put });
  now.current = { moment, waits, put };
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const { moment: at, waits: busy, put: go } = now.current;
      if (busy) return;
      if (at >= range.to) play(false);
      else go(Math.min(range.to, Math.round(at + length / STEPS)), "move");
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [playing, range.to, length]);
  const at = (x: number, width: number): number =>
    Math.round(range.from + length * Math.max(0, Math.min(1, x / Math.max(1, width))));
  const wide = useRef(1);
  return (
    <div class="scrubber">
      <button
        type="button"
        aria-label={playing ? "Stop" : "Play"}
        onClick={() => {
          if (!playing && moment >= range.to) put(range.from, "move");
          play(!playing);
        }}
      >
        {playing ? "❚❚" : "▶"}
      </button>
      <div class="scrub-track">
        <Picture
          label={`Bytes in use of ${heap.name} over time`}
          name={`${heap.name}-over-time`}
          class="strip"
          paint={(pen) => {
            wide.current = pen.width;
            paintStrip(pen, value, heap.poolSize, (moment - range.from) / length);
          }}
          onDrag={({ x }) => put(at(x, wide.current), "move")}
        />
        <input
          type="range"
          min={range.from}
          max={range.to}
          step={Math.max(1, Math.round(length / 1000))}
          value={moment}
          aria-label="Moment of the map"
          aria-valuetext={timeText(moment, 1)}
          onInput={({ currentTarget }) => put(Number(currentTarget.value), "move")}
        />
      </div>
    </div>
  );
}
