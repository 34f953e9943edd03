// Verifies or tries a recorded trace for `teemem replay`.
import { counted, grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { recordedBuild } from "../../replay/recorded_build.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { endOfMark, foundIn } from "../../replay/trace_row.ts";
import { type Difference, verifyTrace } from "../../replay/verify.ts";
import { type WhatIfOptions, whatIf } from "../../replay/what_if.ts";
import { hex } from "../inputs/numbers.ts";
import { describedJson } from "../outputs/described_json.ts";
import { suggestOrList } from "../outputs/nearest.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { createProgress } from "../outputs/progress.ts";
import type { VerifiedJson } from "../schemas/replay.ts";
import { judgeMark } from "./judge_mark.ts";
import { marksJson, marksText } from "./marks_text.ts";
import type { NamedTrace } from "./replay_input.ts";
import { givenOption, type ReplayOptions, releaseOption, variantOf } from "./replay_options.ts";
import { whatIfJson, whatIfText } from "./what_if_text.ts";

/** Verifies a recorded trace or, if an option selects another allocator, replays it there and reports the differences. */
export function replayRecorded({ file, name, trace }: NamedTrace, options: ReplayOptions, io: Io): CommandResult {
  const stray = givenOption(options, ["summary", "flavour"]);
  if (stray) return err(`${stray} is for golden traces; this is a recorded trace`);
  const put = options.json === true ? io.out.writeData : io.out.write;
  if (options.marks === true) {
    put((options.json ? marksJson : marksText)(name, trace));
    return ok(0);
  }
  const last = options.mark ?? options.until;
  const until = last === undefined ? ok(trace.length) : endOfMark(trace, last);
  if (!until.ok) return err(`${until.error}${suggestMark(trace, last ?? "")}`);

  const jsonOf = describedJson<VerifiedJson>();
  const progress = createProgress(io.err, io.clock);
  const onProgress = (rows: number): void => progress.show(`${name}: replaying`, rows, until.value);
  const found = foundIn(trace);
  if (givenOption(options, ["abi", "fit", "mdbg", "debug", "variant", "pool", "mark"]) === undefined) {
    if (found > 0) {
      const { context, instances } = trace;
      const json = {
        trace: file,
        context,
        operations: 0,
        instances: instances.length,
        found,
        asRecorded: null,
        difference: null,
      };
      put(options.json ? jsonOf(json) : shown`${printable(`${name}: not compared. ${fromTheMiddle(found)}`)}\n`);
      return ok(0);
    }
    const release = releaseOption(options);
    if (!release.ok) return release;
    const { operations, instances, difference } = verifyTrace(trace, {
      until: until.value,
      release: release.value,
      onProgress,
    });
    progress.clear();
    const text = difference
      ? describeDifference(difference)
      : `${counted(operations, "operation")}, ${counted(instances, "instance")}: every address and every allocated value as recorded`;
    const json = {
      trace: file,
      context: trace.context,
      operations,
      instances,
      asRecorded: difference === null,
      difference,
    };
    put(options.json ? jsonOf(json) : shown`${printable(`${name}: ${text}`)}\n`);
    return ok(difference ? 1 : 0);
  }

  const settings = settingsOf(trace, options);
  if (!settings.ok) return settings;
  const report = whatIf(trace, { ...settings.value, until: until.value, onProgress });
  progress.clear();
  if (!report.ok) return report;
  const judged = options.mark === undefined ? undefined : judgeMark(trace, settings.value, options.mark);
  put((options.json ? whatIfJson : whatIfText)(file, trace, settings.value, report.value, judged));
  if (found > 0 && options.json !== true) io.out.write(shown`Not exact. ${printable(fromTheMiddle(found))}\n`);
  return ok((judged ? !judged.passes : report.value.newFailures > 0) ? 1 : 0);
}

function fromTheMiddle(found: number): string {
  const there = found === 1 ? "1 block was" : `${grouped(found)} blocks were`;
  return `${there} live already when the recording began; their order in the free list is unknown.`;
}

/** What the options change; what they leave out is as recorded. */
function settingsOf(trace: RecordedTrace, options: ReplayOptions): Result<WhatIfOptions> {
  const variant = variantOf(options);
  if (!variant.ok) return variant;
  const { word, fit, flavour, mdbg, debug } = variant.value;
  if (flavour === "bare")
    return err(`variant '${options.variant}' has no malloc layer; a recorded trace needs one, like lp64-bf-core`);
  const release = releaseOption(options);
  if (!release.ok) return release;
  const pool = { ...(options.pool !== undefined && { pool: options.pool }), release: release.value };
  if (options.variant !== undefined) return ok({ word, fit, leakHeaders: mdbg, debug, ...pool });
  const recorded = recordedBuild(trace);
  return ok({
    word: options.abi === undefined ? recorded.word : word,
    fit,
    leakHeaders: options.mdbg ?? recorded.leakHeaders,
    debug,
    ...pool,
  });
}

function describeDifference(d: Difference): string {
  const mark = d.mark === "" ? "" : `, mark ${printable(d.mark)}`;
  return `line ${d.line}, instance ${d.instance}${mark}: ${explain(d)}; the ${counted(d.row, "operation")} before it as recorded`;
}

function explain({ what, expected, got, explanation }: Difference): string {
  const address = (n: number): string => (n === 0 ? "no block" : hex(n));
  switch (what) {
    case "ret":
      return `${address(expected)} recorded, ${address(got)} replayed`;
    case "alloc":
      return `${grouped(expected)} bytes allocated recorded, ${grouped(got)} replayed`;
    case "ptr":
      return `${hex(expected)} was passed in, but is no live block`;
    case "pool":
      return `adding the pool at ${hex(expected)} fails`;
    case "panic":
      return `the replayed heap panics: ${explanation}`;
  }
}

function suggestMark({ marks }: RecordedTrace, typed: string): string {
  return `${suggestOrList(
    typed,
    marks.map(({ name }) => name),
  )}; --marks lists them`;
}
