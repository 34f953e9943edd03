// The JSON of `teemem report`.
import type { CallGroup } from "../../analyze/calls/call_groups.ts";
import type { ConsoleReport } from "../../analyze/console_report.ts";
import type { HeapFinding } from "../../analyze/report/finding.ts";
import type { HeapReport } from "../../analyze/report/heap_report.ts";
import type { Printable } from "../../base/printable.ts";
import type { Recording } from "../../recording/recording.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { FindingsJson } from "../schemas/findings.ts";
import type { ReportJson } from "../schemas/report.ts";
import type { CounterReport } from "./report_counters.ts";
import type { ListReport } from "./report_lists.ts";

/** A report as one line of JSON. */
export function reportJson(
  recording: Recording,
  found: readonly { readonly report: HeapReport; readonly findings: readonly HeapFinding[] }[],
  counters: readonly CounterReport[],
  lists: readonly ListReport[],
  calls: readonly CallGroup[],
  console?: ConsoleReport,
  findings?: FindingsJson,
): Printable {
  const value = {
    recording: recording.origin,
    version: recording.version,
    ...(recording.cut === true ? { cut: true } : {}),
    read: recording.read,
    heaps: found.map(({ report, findings }) => ({ ...report, findings })),
    counters: counters.map(({ head: _head, ...rest }) => rest),
    ...(calls.length === 0 ? {} : { calls }),
    ...(lists.length === 0 ? {} : { leakLists: lists }),
    ...(console === undefined ? {} : { console }),
    ...(findings === undefined ? {} : { memcheck: findings }),
  };
  return describedJson<ReportJson>()(value);
}
