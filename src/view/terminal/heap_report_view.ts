import type { HeapReport } from "../../analyze/heap_report.ts";
import type { Holder } from "../../analyze/holders.ts";
import type { Finding } from "../../analyze/report_finding.ts";
import { counted, grouped, percent } from "../../base/format.ts";
import { printable } from "../../base/printable.ts";
import { drawChurn } from "./churn_table.ts";
import { drawFailures, seconds } from "./failure_list.ts";
import { headline } from "./headline.ts";
import { drawHolders } from "./holder_table.ts";
import type { Paint } from "./paint.ts";
import { drawTimeline } from "./timeline_chart.ts";
import { wrap } from "./wrap.ts";

const SIGNS: Readonly<Record<Finding["level"], string>> = { bad: "✗", warn: "!", note: "·" };

/** A report on one heap for people: what was found, then the figures behind it. `top` rows a table. */
export function drawHeapReport(report: HeapReport, findings: readonly Finding[], paint: Paint, top: number): string[] {
  const { peak, instances, failures, left, churn } = report;
  const table = (title: string, rows: readonly string[]): string[] =>
    rows.length > 1 ? ["", `  ${paint.bold(title)}`, ...rows] : [];
  const own = report.heap.startsWith("ta-");
  const holdersTable = (title: string, rows: readonly Holder[], what: string, none?: string): string[] =>
    rows.length > 1 ? table(title, drawHolders(shownHolders(rows, none), paint, top, what)) : [];
  return [
    ...headline(report.heap, subtitle(report), paint),
    ...findings.flatMap((finding) => drawFinding(finding, paint)),
    "",
    ...drawTimeline(report.timeline, peak.pool, paint),
    "",
    ...drawPeak(report, paint),
    ...(peak.command === "" ? [] : [`        ${paint.dim(printable(peak.command).slice(0, 70))}`]),
    ...table("Who held it", drawHolders(shownHolders(peak.bySite), paint, top)),
    ...holdersTable("Since when", peak.byMark, "allocated in"),
    ...holdersTable(own ? "In which command" : "On whose behalf", peak.byOwner, "allocated in", "(outside)"),
    ...(instances.length > 1 ? table("Instances, highest peak first", drawInstances(report, paint, top)) : []),
    ...(failures.count > 0
      ? ["", `  ${paint.bold(`Refused: ${counted(failures.count, "request")}`)}`, ...drawFailures(failures, paint, top)]
      : []),
    ...table("Allocated over time", drawChurn(churn, paint, top)),
    ...(left.blocks > 0
      ? table(
          `Left at the end: ${counted(left.blocks, "block")}, ${grouped(left.bytes)} bytes`,
          drawHolders(shownHolders(left.bySite), paint, top),
        )
      : []),
  ];
}

function drawPeak(report: HeapReport, paint: Paint): string[] {
  const { bytes, pool } = report.peak;
  const text = `${grouped(bytes)} of ${grouped(pool)} bytes, ${percent(bytes, pool)} %, ${when(report)}`;
  const [first = "", ...rest] = wrap(text, 80, "        ").split("\n");
  return [`  ${paint.bold("Peak")}  ${first.trimStart()}`, ...rest];
}

/** One finding as a paragraph with a sign. */
export function drawFinding({ level, text }: Finding, paint: Paint): string[] {
  const colour = { bad: paint.red, warn: paint.yellow, note: paint.dim }[level];
  const [first = "", ...rest] = wrap(printable(text), 80, "    ").split("\n");
  return [`  ${colour(SIGNS[level])} ${first.trimStart()}`, ...rest];
}

function subtitle({ version, word, leakHeaders, operations, instances, mark, failures }: HeapReport): string {
  return [
    ...(version === "" ? [] : [`OP-TEE ${printable(version)}`]),
    word === 8 ? "64-bit" : "32-bit",
    failures.fit === null ? "unknown allocator" : `${failures.fit} fit`,
    ...(leakHeaders ? ["leak headers"] : []),
    counted(operations, "operation"),
    ...(instances.length > 1 ? [counted(instances.length, "instance")] : []),
    ...(mark === "" ? [] : [`in ${printable(mark)}`]),
  ].join(", ");
}

function when({ peak, instances }: HeapReport): string {
  const mark = peak.mark === "" ? "" : `in ${printable(peak.mark)}, `;
  const instance = instances.length > 1 ? `instance ${peak.instance}, ` : "";
  return `${mark}${instance}line ${peak.line}, ${seconds(peak.time)}`;
}

function drawInstances({ instances }: HeapReport, paint: Paint, top: number): string[] {
  const line = (cells: readonly string[]): string => `  ${cells.map((cell) => cell.padStart(11)).join("")}`;
  const rows = instances
    .slice(0, top)
    .map(({ instance, operations, pool, peak, refused, atEnd }) =>
      line([instance, operations, pool, peak, refused, atEnd].map(grouped)),
    );
  const rest = instances.length - rows.length;
  return [
    paint.dim(line(["instance", "operations", "pool", "peak", "refused", "at the end"])),
    ...rows,
    ...(rest > 0 ? [paint.dim(`  and ${counted(rest, "more instance")}`)] : []),
  ];
}

/** Names as they can be shown; `none` stands for the empty one. */
function shownHolders(rows: readonly Holder[], none = "(before the first mark)"): Holder[] {
  return rows.map(({ site, ...rest }) => ({ site: printable(site) || none, ...rest }));
}
