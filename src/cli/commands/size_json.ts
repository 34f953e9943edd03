// The JSON of `teemem size`.
import { momentOf, siteName } from "../../analyze/report/peak.ts";
import type { HeapSize } from "../../analyze/size/heap_size.ts";
import { type Margin, settingFor } from "../../analyze/size/pool_margin.ts";
import type { Printable } from "../../base/printable.ts";
import type { Recording } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { SizeJson } from "../schemas/size.ts";
import type { CounterReport } from "./report_counters.ts";

/** Sizes as one line of JSON; what fails just below each answer comes with its place. */
export function sizeJson(
  recording: Recording,
  traces: readonly RecordedTrace[],
  sizes: readonly HeapSize[],
  margin: Margin,
  counters: readonly CounterReport[],
): Printable {
  const heaps = sizes.map((size, i) => {
    const trace = traces[i] as RecordedTrace;
    const variants = size.variants.map(({ below, ...variant }) => ({
      ...variant,
      setting: variant.served.pool === null ? null : (settingFor(variant.served.pool, margin, size.knob) ?? null),
      below: below && {
        ...momentOf(trace, below.row),
        site: siteName(trace, below.row),
        size: trace.size[below.row],
        refusedThen: below.recorded,
      },
    }));
    return { ...size, variants };
  });
  const estimates = counters.map(({ head: _head, ...rest }) => rest);
  const { origin, version, read } = recording;
  return describedJson<SizeJson>()({ recording: origin, version, read, margin, heaps, estimates });
}
