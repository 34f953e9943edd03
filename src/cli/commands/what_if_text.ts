// The text and JSON of a what-if replay.
import { mostOf } from "../../base/extremes.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { recordedBuild } from "../../replay/recorded_build.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { foundIn, markName } from "../../replay/trace_row.ts";
import type { WhatIfOptions } from "../../replay/what_if.ts";
import type { LifeReport, RefusedRequest, WhatIfReport } from "../../replay/what_if_report.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { WhatIfJson } from "../schemas/replay.ts";
import { type JudgedMark, judgement } from "./judge_mark.ts";

const SHOWN = 10;

/** What became of a recorded program in another allocator, beside what was recorded. */
export function whatIfText(
  name: string,
  trace: RecordedTrace,
  options: WhatIfOptions,
  report: WhatIfReport,
  judged?: JudgedMark,
): Printable {
  const { lives } = report;
  const context = trace.context === "" ? "" : shown`${printable(trace.context)}, `;
  const lines = [
    shown`${printable(name)}: ${context}${counted(report.operations, "operation")}, ${counted(lives.length, "instance")}`,
  ];
  lines.push(...comparison(trace, options, report));
  lines.push(...newFailures(trace, report));
  if (report.rescued > 0) {
    lines.push(
      shown`${counted(report.rescued, "request")} that failed in the recording ${report.rescued === 1 ? "succeeds" : "succeed"} now.`,
    );
  }
  if (report.skipped > 0) lines.push(skipped(report.skipped));
  if (judged !== undefined) lines.push(judgement(judged));
  if (options.word === 4 && recordedBuild(trace).word === 8) {
    lines.push(
      own(
        "The sizes are those of the 64-bit recording. On arm, structures with pointers are smaller, so this is an overestimate.",
      ),
    );
  }
  return shown`${joined(lines, "\n")}\n`;
}

/** The same as one line of JSON; rows come with their line and mark. */
export function whatIfJson(
  name: string,
  trace: RecordedTrace,
  options: WhatIfOptions,
  report: WhatIfReport,
  judged?: JudgedMark,
): Printable {
  const { word, fit, leakHeaders, debug, pool } = options;
  const found = foundIn(trace);
  const value = {
    trace: name,
    context: trace.context,
    allocator: { abi: abiOf(word), fit, mdbg: leakHeaders, debug, pool: pool ?? null },
    sizesOf: abiOf(recordedBuild(trace).word),
    operations: report.operations,
    ...(found > 0 ? { found } : {}),
    newFailures: report.newFailures,
    rescued: report.rescued,
    skipped: report.skipped,
    byMark: report.byMark,
    ...(judged === undefined ? {} : { mark: judged }),
    refused: report.refused.map(({ site, ...request }) => ({ ...request, ...trace.sites[site] })),
    lives: report.lives.map((life) => ({
      ...life,
      peakMark: markName(trace, life.peakRow),
      recorded: { ...life.recorded, peakMark: markName(trace, life.recorded.peakRow) },
    })),
  };
  return describedJson<WhatIfJson>()(value);
}

function abiOf(word: number | undefined): "ilp32" | "lp64" {
  return word === 4 ? "ilp32" : "lp64";
}

function skipped(count: number): Printable {
  const what = count === 1 ? "release of a block" : "releases of blocks";
  return shown`${grouped(count)} ${what} that ${count === 1 ? "is" : "are"} not in the recording ${count === 1 ? "was" : "were"} skipped.`;
}

function comparison(trace: RecordedTrace, options: WhatIfOptions, { lives }: WhatIfReport): Printable[] {
  const then = highest(lives, (life) => life.recorded.peak);
  const now = highest(lives, (life) => life.peak);
  const last = lives.at(-1);
  if (!then || !now || !last) return [];
  const build = recordedBuild(trace);
  const several = lives.length > 1;
  const sum = (value: (life: LifeReport) => number): Printable =>
    grouped(lives.reduce((total, life) => total + value(life), 0));
  const rows: [string, string, string][] = [
    ["", "recorded", "now"],
    [
      "allocator",
      allocator(build.word, undefined, build.leakHeaders),
      allocator(options.word, options.fit, options.leakHeaders),
    ],
    ["pool", grouped(then.recorded.pool), grouped(now.pool)],
    ["peak", share(then.recorded.peak, then.recorded.pool), share(now.peak, now.pool)],
    ["  in", markName(trace, then.recorded.peakRow), markName(trace, now.peakRow)],
    ...(several ? [["  of instance", String(then.instance), String(now.instance)] as [string, string, string]] : []),
    ["failed", sum((life) => life.recorded.failures), sum((life) => life.failures)],
    [
      several ? shown`at the end of ${last.instance}` : "at the end",
      grouped(last.recorded.allocated),
      grouped(last.end.allocated),
    ],
  ];
  return table(rows, "lrr").map((line) => shown`  ${line}`);
}

function newFailures(trace: RecordedTrace, { newFailures: count, byMark, refused }: WhatIfReport): Printable[] {
  if (count === 0) return [own("No request fails that had succeeded in the recording.")];
  const fresh = refused.filter(({ recorded }) => !recorded).slice(0, SHOWN);
  const marks = byMark.map(
    ({ mark, failures }) => shown`${printable(mark) || "(before the first mark)"} ${grouped(failures)}`,
  );
  const row = (r: RefusedRequest): string[] => [
    String(r.line),
    r.mark,
    String(r.instance),
    grouped(r.size),
    grouped(r.allocated),
    grouped(r.free),
    grouped(Math.max(0, r.largestFree)),
    grouped(r.freeBlocks),
    trace.sites[r.site]?.place ?? "",
  ];
  const head = ["line", "mark", "inst", "size", "allocated", "free", "largest", "holes", "caller"];
  return [
    shown`${counted(count, "request")} that had succeeded ${count === 1 ? "fails" : "fail"} now. By mark: ${joined(marks, ", ")}.`,
    ...table([head, ...fresh.map(row)], "rlrrrrrrl").map((line) => shown`  ${line}`),
    ...(count > fresh.length ? [shown`  and ${grouped(count - fresh.length)} more`] : []),
  ];
}

function allocator(word = 8, fit = "first", leakHeaders = false): Printable {
  return shown`${word === 4 ? "arm" : "aarch64"}, ${printable(fit)} fit${leakHeaders ? ", leak headers" : ""}`;
}

function share(bytes: number, pool: number): Printable {
  return shown`${grouped(bytes)} (${printable(((100 * bytes) / Math.max(1, pool)).toFixed(1))}%)`;
}

function highest(lives: readonly LifeReport[], value: (life: LifeReport) => number): LifeReport | undefined {
  return lives.reduce<LifeReport | undefined>(
    (best, life) => (best && value(best) >= value(life) ? best : life),
    undefined,
  );
}

/** Columns side by side, two blanks apart; `align` has an `l` or `r` for each. */
export function table(texts: readonly (readonly string[])[], align: string): Printable[] {
  const rows = texts.map((row) => row.map(printable));
  const widths = Array.from(align, (_, column) => mostOf(rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      align[column] === "r" ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    return joined(cells, "  ").trimEnd();
  });
}
