// A heap in the timeline: its name and figures in one line, its chart below.
import type { ComponentChildren } from "preact";
import { bytesText, percentText } from "../parts/figures.ts";
import { useTimeWords } from "../parts/time_words.ts";
import { useApp } from "../state/app.ts";
import { Chart } from "./chart.tsx";
import type { ChartMark } from "./plot_options.ts";
import type { Scene } from "./scene.ts";
import { indexAt, type Series } from "./series.ts";

interface Given {
  readonly name: string;
  /** The name in full. */
  readonly title: string;
  readonly series: Series;
  readonly size: number | null;
  readonly peak: { readonly allocated: number; readonly time: number } | null;
  /** What the peak is called: counters of a live system may know of more than was seen. */
  readonly peakWord?: string;
  /** What is said instead of the peak, where more is known than what was seen, or less: before its moment. */
  readonly said?: string;
  /** Of leak lists no size is known, and nothing is free. */
  readonly lists?: boolean;
  readonly marks: readonly ChartMark[];
  readonly scene: Scene;
  readonly axis: boolean;
  readonly large: boolean;
  readonly choose: () => void;
  readonly children?: ComponentChildren;
}

export function Track({
  name,
  title,
  series,
  size,
  peak,
  peakWord = "peak",
  said = `${peakWord} ${bytesText(peak?.allocated ?? null)} of ${bytesText(size)} bytes`,
  lists = false,
  marks,
  scene,
  axis,
  large,
  choose,
  children,
}: Given) {
  const { chosen } = useApp();
  const timeOf = useTimeWords();
  return (
    <section class={`track ${large ? "is-large" : ""}`} aria-label={name}>
      <header class="track-head">
        <button type="button" class="track-name clip" title={title} onClick={choose} data-png>
          {name}
        </button>
        <Figures series={series} size={size} scene={scene} lists={lists} />
        <span class="space" />
        {peak !== null && (
          <button
            type="button"
            class="plain"
            title="Choose the moment of the peak (p)"
            onClick={() => chosen.choose({ moment: peak.time })}
          >
            {said}
            <span class="quiet"> at {timeOf(peak.time)}</span>
          </button>
        )}
        {children}
      </header>
      {series.times.length === 0 ? (
        <p class="no-figures quiet">No figures yet.</p>
      ) : (
        <Chart
          series={series}
          size={size}
          marks={marks}
          scene={scene}
          axis={axis}
          height={(large ? 220 : 84) + (axis ? 18 : 0)}
          label={`${title}: bytes in use over time, ${said}`}
        />
      )}
    </section>
  );
}

/** What is in use under the pointer, else at the chosen moment. */
function Figures({ series, size, scene, lists }: Pick<Given, "series" | "size" | "scene" | "lists">) {
  const { chosen } = useApp();
  const time = scene.hover.value ?? chosen.now.value.moment;
  if (time === null) return null;
  const n = indexAt(series, time);
  const [most, least] = [series.most[n] ?? null, series.least[n] ?? null];
  const used = most === least ? bytesText(most) : `${bytesText(least)} – ${bytesText(most)}`;
  if (lists)
    return (
      <span class="figure" data-png>
        {used} bytes in the list
      </span>
    );
  return (
    <span class="figure" data-png>
      {used} in use, {percentText(most, size)}
      <span class="quiet"> free {bytesText(size === null || most === null ? null : size - most)}</span>
    </span>
  );
}
