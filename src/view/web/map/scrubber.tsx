// The moment of the map, moved by hand, by keys, or playing. The timeline above shows where it is.
import { useEffect, useRef, useState } from "preact/hooks";
import { timeText } from "../parts/figures.ts";
import type { Range } from "../state/choice.ts";

interface Given {
  readonly range: Range;
  /** Microseconds. */
  readonly moment: number;
  readonly put: (moment: number) => void;
  /** The map of the moment is not drawn yet: playing waits for it. */
  readonly waits: boolean;
}

/** Steps of a whole play, and milliseconds between two. */
const STEPS = 300;
const STEP_MS = 66;

export function Scrubber({ range, moment, put, waits }: Given) {
  const [playing, play] = useState(false);
  const length = Math.max(1, range.to - range.from);
  const now = useRef({ waits, put });
  now.current = { waits, put };
  /** Where playing is: the moment itself follows with the next drawing. */
  const position = useRef(moment);
  const go = (to: number): void => {
    position.current = to;
    now.current.put(to);
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
  );
}
