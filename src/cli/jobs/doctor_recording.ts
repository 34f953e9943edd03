// Finds memory failures in a recording.

import { heapSeries } from "../../analyze/counters/heap_series.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import { withEarlier } from "../../analyze/triage/growth.ts";
import { recordedVerdicts } from "../../analyze/triage/recording.ts";
import { counted, grouped } from "../../base/format.ts";
import { readConsole } from "../../recording/console_content.ts";
import { tracesOfOperations } from "../../recording/list_row.ts";
import type { Recording } from "../../recording/recording.ts";
import { summaryText } from "../../recording/text_summary.ts";
import type { Source } from "../../source/source.ts";
import { ask } from "../systems/asking.ts";
import type { Checked, SystemCheck } from "./doctor_checks.ts";
import { consoleCheck, consoleSymptoms } from "./doctor_console.ts";

/** Finds memory failures in a recording: in its events or, without events, in its counters. */
export async function checkRecording(source: Source, recording: Recording): Promise<Checked> {
  const checks = [
    check(
      "heap events",
      recording.traces.length,
      recording.traces.reduce((sum, { length }) => sum + length, 0),
    ),
    ...(recording.read ?? []).map((text) => ({ name: "text", well: text.unread === 0, text: summaryText(text) })),
    check("counters", new Set(recording.samples.map(({ heap }) => heap)).size, recording.samples.length),
  ];
  const symptoms = await unrecorded(source, recording);
  const verdicts = recordedVerdicts(recording);
  if (recording.console === undefined) return { checks, symptoms, verdicts };
  const console = readConsole(recording.console);
  return {
    checks: [...checks, consoleCheck(console)],
    symptoms: { ...symptoms, ...consoleSymptoms(console) },
    verdicts,
  };
}

function check(name: string, heaps: number, rows: number): SystemCheck {
  const text = rows === 0 ? "none in it" : `${grouped(rows)} of ${counted(heaps, "heap")}`;
  return { name, well: rows > 0, optional: true, text };
}

/** The last counters of pools and TAs without events, and those before. */
async function unrecorded(source: Source, recording: Recording): Promise<Symptoms> {
  const heaps = new Set(tracesOfOperations(recording.traces).map(({ context }) => context));
  const [alloc, tas] = [await ask(source, "alloc"), await ask(source, "ta")];
  const last = {
    pools: alloc.ok ? alloc.value.pools.filter(({ name }) => !(name === "Heap" && heaps.has("core"))) : [],
    tas: tas.ok ? tas.value.filter(({ uuid }) => !heaps.has(`ta-${uuid}`)) : [],
  };
  return withEarlier(last, heapSeries(recording));
}
