// `teemem leaks FILE…` of files that have no leak lists but counters: which heaps grow, without call sites.
import { type HeapSeries, heapSeries } from "../../analyze/counters/heap_series.ts";
import { trendText } from "../../analyze/counters/trend_text.ts";
import { counted } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import type { Sample } from "../../recording/recording.ts";
import type { TextSummary } from "../../recording/text_summary.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { BLANK, wrap, wrapLines } from "../../view/terminal/wrap.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { CounterLeaksJson } from "../schemas/leaks.ts";
import { matchesHeap, noHeapIn } from "../systems/heap_name.ts";

const NO_SITES =
  "There are no leak lists in it, so no call sites: take them with `xtest --stats --memleak` on the board (CFG_TEE_CORE_MALLOC_DEBUG=y).";

/** How heaps change from report to report of `xtest --stats`. Exit code 1 where one grows. */
export function leaksOfCounters(
  samples: readonly Sample[],
  options: { readonly heap?: string; readonly json?: boolean },
  io: Io,
  read: readonly TextSummary[] = [],
): CommandResult {
  const all = heapSeries({ samples, traces: [] });
  const heaps = all.filter(({ heap, name }) => name === options.heap || matchesHeap(heap, options.heap));
  if (heaps.length === 0)
    return err(
      noHeapIn(
        "these files",
        options.heap ?? "",
        all.map(({ heap }) => heap),
      ),
    );
  if (options.json === true)
    io.out.writeData(
      describedJson<CounterLeaksJson>()(
        heaps.map((one) => ({ ...asData(one), ...(read.length > 0 ? { read } : {}) })),
        2,
      ),
    );
  else {
    const paint = createPaint(io.out);
    io.out.write(
      shown`${joined([...heaps.flatMap((one) => lines(one, paint)), wrap(NO_SITES, paint), BLANK], "\n")}\n`,
    );
  }
  return ok(heaps.some(({ trend }) => trend?.grows === true) ? 1 : 0);
}

function asData({ heap, samples, trend }: HeapSeries) {
  return { heap, kind: "counters", samples: samples.length, trend: trend ?? null } as const;
}

function lines({ name, of, samples, trend }: HeapSeries, paint: Paint): Printable[] {
  const text = trendText(trend, of);
  const quiet = samples.length < 2 ? "One report: nothing to compare." : "Does not grow steadily.";
  return [
    paint.bold(shown`${printable(name)}, ${counted(samples.length, "report")} of its counters`),
    ...(text === "" ? [own(`  ${quiet}`)] : wrapLines(text, paint, "  ")),
    BLANK,
  ];
}
