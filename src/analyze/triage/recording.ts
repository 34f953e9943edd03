// Causes of a failure, from the events of a recording: the findings of its report, as answers.

import { grouped } from "../../base/format.ts";
import { shellWord } from "../../base/shell_word.ts";
import type { Recording } from "../../recording/recording.ts";
import { bestFitOption } from "../heap_knob.ts";
import { findingsOf } from "../report/advice.ts";
import { type HeapReport, heapReport } from "../report/heap_report.ts";
import type { Sureness } from "./case.ts";
import { memcheckVerdicts } from "./memcheck.ts";
import { CORE, OWN } from "./rule.ts";
import type { Verdict } from "./triage.ts";

/** A finding that is an answer. */
interface Row {
  readonly sure: Sureness;
  /** What to do with the file, which is a word of a shell. */
  readonly next: (file: string) => string;
  readonly threads: readonly string[];
}

const SIZE = (file: string): string =>
  `'teemem size ${file}' finds the smallest pool that works, with first and best fit`;
const LOOK = (file: string): string =>
  `'teemem report ${file}' shows the caller and the state of the heap at that moment`;

const ROWS: Readonly<Record<string, Row>> = {
  fragmented: { sure: "certain", next: SIZE, threads: ["#2395", "#2744", "test#310"] },
  exhausted: { sure: "certain", next: SIZE, threads: ["#6596", "#1029"] },
  misfit: { sure: "certain", next: SIZE, threads: ["#2395"] },
  unknown: { sure: "likely", next: SIZE, threads: ["#1029"] },
  "too-large": { sure: "possible", next: LOOK, threads: ["#1029"] },
  near: { sure: "possible", next: SIZE, threads: ["#4208"] },
};

/** Answers for each heap of which events were recorded, the surest first. */
export function recordedVerdicts({ origin, traces, findings = [] }: Recording): Verdict[] {
  const file = shellWord(origin);
  const verdicts = traces.flatMap((trace) => {
    const report = heapReport(trace, { range: { from: 0, to: trace.length } });
    return report === undefined ? [] : verdictsOf(report, file);
  });
  return [...verdicts, ...memcheckVerdicts(findings, file)].sort(
    (a, b) => Number(a.sure !== "certain") - Number(b.sure !== "certain"),
  );
}

function verdictsOf(report: HeapReport, file: string): Verdict[] {
  const { heap, knob } = report;
  const pool = heap === "core" ? CORE : heap.startsWith("ta-") ? `${OWN} (${heap.slice(3)})` : `the heap ${heap}`;
  return findingsOf(report).flatMap(({ rule, text }) => {
    const row = ROWS[rule];
    if (row === undefined) return [];
    const best = rule === "fragmented" ? [bestFitOption(heap)] : [];
    const knobs = rule === "too-large" ? [] : [...best, knob.name].filter((name) => name !== "");
    return [
      {
        ...row,
        next: row.next(file),
        id: `recorded-${rule}`,
        pool,
        knobs,
        why: text,
        evidence: evidenceOf(report, rule),
        together: "",
        tried: false,
      },
    ];
  });
}

function evidenceOf({ failures, peak }: HeapReport, rule: string): string[] {
  if (rule === "near") return [`the peak was ${grouped(peak.bytes)} of ${grouped(peak.pool)} bytes`];
  return failures.shown
    .filter(({ kind }) => kind === rule)
    .slice(0, 3)
    .map(({ line, size, site }) => `line ${line}: a request for ${grouped(size)} bytes from ${site} failed`);
}
