import type { Symptoms } from "../../analyze/triage/case.ts";
import { recordedVerdicts } from "../../analyze/triage/recording.ts";
import { triage } from "../../analyze/triage/triage.ts";
import { counted, grouped } from "../../base/format.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Recording } from "../../recording/recording.ts";
import { recordingSource } from "../../source/recording_source.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import type { Io } from "../outputs/outcome.ts";
import type { Check, Examined } from "./doctor_checks.ts";

const FILE = "file:";

/** What a recording `file:PATH` tells of trouble with memory: its events where there are any, else its counters. */
export async function examineRecording(on: string, io: Io): Promise<Result<Examined>> {
  const path = on.slice(FILE.length);
  if (path === "") return err("--on names no recording: give its path, like file:run.arrows");
  const read = await readRecordings([path], io);
  if (!read.ok) return read;
  const recording = read.value;
  const checks = [
    check(
      "heap events",
      recording.traces.length,
      recording.traces.reduce((sum, { length }) => sum + length, 0),
    ),
    check("counters", new Set(recording.samples.map(({ heap }) => heap)).size, recording.samples.length),
  ];
  const symptoms = await unrecorded(on, recording);
  const release = recording.version === "" ? "of an unknown release" : recording.version;
  return ok({
    title: `OP-TEE ${release}, ${on}`,
    name: on,
    checks,
    symptoms,
    verdicts: [...recordedVerdicts(recording), ...triage(symptoms)],
  });
}

function check(name: string, heaps: number, rows: number): Check {
  const text = rows === 0 ? "none in it" : `${grouped(rows)} of ${counted(heaps, "heap")}`;
  return { name, well: rows > 0, optional: true, text };
}

/** The last counters of pools and applications that no events tell of. */
async function unrecorded(on: string, recording: Recording): Promise<Symptoms> {
  const heaps = new Set(recording.traces.map(({ context }) => context));
  await using source = recordingSource(on, recording);
  const alloc = await source.ask("alloc");
  const tas = await source.ask("ta");
  return {
    pools: alloc.ok ? alloc.value.pools.filter(({ name }) => !(name === "Heap" && heaps.has("core"))) : [],
    tas: tas.ok ? tas.value.filter(({ uuid }) => !heaps.has(`ta-${uuid}`)) : [],
  };
}
