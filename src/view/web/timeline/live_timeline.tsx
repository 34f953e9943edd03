// The timeline of a live system: the histories of its heaps as far as they are kept.
import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { HeapState, SystemState } from "../../../live/state/state.ts";
import { LiveConsole } from "../console/live_console.tsx";
import { Notice } from "../parts/notice.tsx";
import { useApp } from "../state/app.ts";
import type { Range } from "../state/choice.ts";
import { Frame } from "./frame.tsx";
import { LiveActions } from "./live_actions.tsx";
import { createScene, grow, type Scene } from "./scene.ts";
import { seriesOfHistory } from "./series.ts";
import { SliceStrip } from "./slice_strip.tsx";
import { sliceRow } from "./slices.ts";
import { Track } from "./track.tsx";

export function LiveTimeline({ system }: { readonly system: ReadonlySignal<SystemState> }) {
  const { chosen } = useApp();
  const { heaps, happened, console, epoch, name } = system.value;
  const key = chosen.now.value.heap;
  const scene = useMemo(() => createScene(liveTime(system.peek()), epoch), [system, epoch]);
  useSignalEffect(() => grow(scene, liveTime(system.value)));
  const first = heaps.find((heap) => heap.key === key);
  const shown = first === undefined ? heaps : [first, ...heaps.filter((heap) => heap !== first)];
  const rows = useMemo(
    () => [sliceRow("events", happened.map(sliceOf))].filter(({ slices }) => slices.length > 0),
    [happened],
  );
  const peak = (first ?? heaps[0]) === undefined ? null : greatest(first ?? (heaps[0] as HeapState));
  if (heaps.every(({ history }) => history.times.length < 2))
    return <Notice title={`${name} has not answered twice yet.`}>{<p>{system.value.trouble}</p>}</Notice>;
  return (
    <>
      <LiveActions system={system.value} heap={first ?? heaps[0]} />
      <Frame scene={scene} name={name} peak={peak?.time ?? null} aside={<LiveConsole lines={console} epoch={epoch} />}>
        {rows.length > 0 && <SliceStrip rows={rows} scene={scene} />}
        {shown.map((heap, n) => (
          <LiveTrack
            key={heap.key}
            heap={heap}
            happened={happened}
            scene={scene}
            first={n === 0}
            choose={() => chosen.choose({ heap: heap.key })}
          />
        ))}
      </Frame>
    </>
  );
}

interface Given {
  readonly heap: HeapState;
  readonly happened: SystemState["happened"];
  readonly scene: Scene;
  readonly first: boolean;
  readonly choose: () => void;
}

function LiveTrack({ heap, happened, scene, first, choose }: Given) {
  const series = useMemo(() => seriesOfHistory(heap.history), [heap.history]);
  const marks = useMemo(
    () =>
      happened
        .filter((one) => one.heap === heap.key)
        .map(({ time, kind }) => ({ time: time * 1000, bad: isBad(kind) })),
    [happened, heap.key],
  );
  return (
    <Track
      name={heap.name}
      title={heap.uuid ?? heap.name}
      series={series}
      size={heap.size}
      peak={greatest(heap)}
      peakWord="most seen"
      marks={marks}
      scene={scene}
      axis={first}
      large={first}
      choose={choose}
    />
  );
}

function liveTime({ heaps }: SystemState): Range {
  const starts = heaps.flatMap(({ history }) => history.times[0] ?? []);
  const ends = heaps.flatMap(({ history }) => history.times.at(-1) ?? []);
  const from = starts.length === 0 ? 0 : Math.min(...starts);
  return { from: from * 1000, to: Math.max(from + 1, ...ends) * 1000 };
}

/** The most that was seen in use, and when; the counter of the system may know of more. */
function greatest({
  history: { times, allocated },
}: HeapState): { readonly allocated: number; readonly time: number } | null {
  let at = -1;
  for (let n = 0; n < allocated.length; n++) if (at < 0 || (allocated[n] ?? 0) > (allocated[at] ?? 0)) at = n;
  return at < 0 ? null : { allocated: allocated[at] ?? 0, time: (times[at] ?? 0) * 1000 };
}

function sliceOf({ time, kind, text }: SystemState["happened"][number]) {
  return { from: time * 1000, to: time * 1000, text, bad: isBad(kind) };
}

function isBad(kind: string): boolean {
  return kind === "refusal" || kind === "panic";
}
