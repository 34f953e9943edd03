// The heap's bytes over time, and the moment on it: dragged, moved by keys, or playing.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
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
  const now = useRef({ waits, put });
  now.current = { waits, put };
  /** Where playing is: the moment itself follows with the next drawing. */
  const position = useRef(moment);
  const go = (to: number): void => {
    position.current = to;
    now.current.put(to, "move");
  };
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      if (now.current.waits) return;
      if (position.current >= range.to) play(false);
      else go(Math.min(range.to, Math.round(position.current + length / STEPS)));
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [playing, range.to, length]);
  // Painted once for a range; the moment is a line above it.
  const strip = useMemo(() => {
    let wide = 1;
    return (
      <Picture
        label={`Bytes in use of ${heap.name} over time`}
        name={`${heap.name}-over-time`}
        class="strip"
        paint={(pen) => {
          wide = Math.max(1, pen.width);
          paintStrip(pen, value, heap.poolSize);
        }}
        onDrag={({ x }) => go(Math.round(range.from + length * Math.max(0, Math.min(1, x / wide))))}
      />
    );
  }, [value, heap, range.from, length]);
  return (
    <div class="scrubber">
      <button
        type="button"
        aria-label={playing ? "Stop" : "Play"}
        onClick={() => {
          if (!playing) go(moment >= range.to ? range.from : moment);
          play(!playing);
        }}
      >
        {playing ? "❚❚" : "▶"}
      </button>
      <div class="scrub-track">
        {strip}
        <span
          class="moment-line"
          style={{ left: `${(100 * Math.max(0, Math.min(1, (moment - range.from) / length))).toFixed(3)}%` }}
        />
        <input
          type="range"
          min={range.from}
          max={range.to}
          step={Math.max(1, Math.round(length / 1000))}
          value={moment}
          aria-label="Moment of the map"
          aria-valuetext={timeText(moment, 1)}
          onInput={({ currentTarget }) => go(Number(currentTarget.value))}
        />
      </div>
    </div>
  );
}
