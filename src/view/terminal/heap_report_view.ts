// Draws the report on one heap.
import type { Holder } from "../../analyze/holders.ts";
import type { HeapFinding } from "../../analyze/report/finding.ts";
import type { HeapReport } from "../../analyze/report/heap_report.ts";
import { counted, grouped, percent } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { drawChurn } from "./churn_table.ts";
import { drawFailures, rowName, seconds } from "./failure_list.ts";
import { headline } from "./headline.ts";
import { drawHolders } from "./holder_table.ts";
import type { Paint } from "./paint.ts";
import { drawTimeline } from "./timeline_chart.ts";
import { BLANK, bullet, wrapLines } from "./wrap.ts";

const SIGNS = { bad: "✗", warn: "!", note: "·" } as const;

/** A report on one heap for people: what was found, then the figures behind it. `top` rows a table. */
export function drawHeapReport(
  report: HeapReport,
  findings: readonly HeapFinding[],
  paint: Paint,
  top: number,
): Printable[] {
  const { peak, instances, failures, left, churn } = report;
  const table = (title: Printable, rows: readonly Printable[]): Printable[] =>
    rows.length > 1 ? [BLANK, shown`  ${paint.bold(title)}`, ...rows] : [];
  const ofTa = report.heap.startsWith("ta-");
  const holdersTable = (title: Printable, rows: readonly Holder[], what: string, none?: string): Printable[] =>
    rows.length > 1 ? table(title, drawHolders(shownHolders(rows, none), paint, top, what)) : [];
  return [
    ...headline(report.heap, subtitle(report), paint),
    ...findings.flatMap((finding) => drawFinding(finding, paint)),
    BLANK,
    ...drawTimeline(report.timeline, peak.pool, paint),
    BLANK,
    ...drawPeak(report, paint),
    ...(peak.command === "" ? [] : [shown`        ${paint.dim(printable(peak.command).slice(0, paint.width - 10))}`]),
    ...table(own("Holders at the peak, with block headers"), drawHolders(shownHolders(peak.bySite), paint, top)),
    ...holdersTable(own("Their blocks by mark"), peak.byMark, "allocated in"),
    ...holdersTable(
      own(ofTa ? "Their blocks by command" : "Their blocks by thread"),
      peak.byOwner,
      "allocated in",
      "(outside)",
    ),
    ...(instances.length > 1 ? table(own("Instances, highest peak first"), drawInstances(report, paint, top)) : []),
    ...(failures.count > 0
      ? [
          BLANK,
          shown`  ${paint.bold(shown`Failed: ${counted(failures.count, "request")}`)}`,
          ...drawFailures(failures, paint, top),
        ]
      : []),
    ...table(own("Allocated over time, with block headers"), drawChurn(churn, paint, top)),
    ...(left.blocks > 0
      ? table(
          shown`Left at the end: ${counted(left.blocks, "block")}, ${grouped(left.bytes)} bytes with block headers`,
          drawHolders(shownHolders(left.bySite), paint, top),
        )
      : []),
  ];
}

function drawPeak(report: HeapReport, paint: Paint): Printable[] {
  const { bytes, pool } = report.peak;
  const text = shown`${grouped(bytes)} of ${grouped(pool)} bytes, ${percent(bytes, pool)} %, ${when(report)}`;
  const [first = BLANK, ...rest] = wrapLines(text, paint, "        ");
  return [shown`  ${paint.bold("Peak")}  ${first.trimStart()}`, ...rest];
}

/** One finding as a paragraph with a sign. */
function drawFinding({ level, text }: HeapFinding, paint: Paint): Printable[] {
  const colour = { bad: paint.red, warn: paint.yellow, note: paint.dim }[level];
  return bullet(text, colour(SIGNS[level]), paint);
}

function subtitle({ version, word, leakHeaders, operations, instances, mark, failures }: HeapReport): Printable {
  return joined(
    [
      ...(version === "" ? [] : [shown`OP-TEE ${printable(version)}`]),
      own(word === 8 ? "64-bit" : "32-bit"),
      failures.fit === null ? own("unknown allocator") : shown`${failures.fit} fit`,
      ...(leakHeaders ? [own("leak headers")] : []),
      counted(operations, "operation"),
      ...(instances.length > 1 ? [counted(instances.length, "instance")] : []),
      ...(mark === "" ? [] : [shown`in ${printable(mark)}`]),
    ],
    ", ",
  );
}

function when({ peak, instances }: HeapReport): Printable {
  const mark = peak.mark === "" ? "" : shown`in ${printable(peak.mark)}, `;
  const instance = instances.length > 1 ? shown`instance ${peak.instance}, ` : "";
  return shown`${mark}${instance}${rowName(peak)}, ${seconds(peak.time)}`;
}

function drawInstances({ instances }: HeapReport, paint: Paint, top: number): Printable[] {
  const line = (cells: readonly Printable[]): Printable => shown`  ${joined(cells.map((cell) => cell.padStart(11)))}`;
  const rows = instances
    .slice(0, top)
    .map(({ instance, operations, pool, peak, refused, atEnd }) =>
      line([instance, operations, pool, peak, refused, atEnd].map(grouped)),
    );
  const rest = instances.length - rows.length;
  return [
    paint.dim(line(["instance", "operations", "pool", "peak", "failed", "at the end"].map(printable))),
    ...rows,
    ...(rest > 0 ? [paint.dim(shown`  and ${counted(rest, "more instance")}`)] : []),
  ];
}

/** Names as they can be shown; `none` stands for the empty one. */
function shownHolders(rows: readonly Holder[], none = "(before the first mark)"): Holder[] {
  return rows.map(({ site, ...rest }) => ({ site: printable(site) || none, ...rest }));
}
