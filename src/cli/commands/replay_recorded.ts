import { counted, grouped } from "../../base/format.ts";
import { clip, printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { recordedBuild } from "../../replay/recorded_build.ts";
import { parseRecordedTrace } from "../../replay/recorded_trace.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { endOfMark } from "../../replay/trace_row.ts";
import { type Difference, verifyTrace } from "../../replay/verify.ts";
import { type WhatIfOptions, whatIf } from "../../replay/what_if.ts";
import { suggest } from "../nearest.ts";
import { hex } from "../numbers.ts";
import type { Io, Outcome } from "../outcome.ts";
import { createProgress } from "../progress.ts";
import { inputName } from "../read_input.ts";
import { marksJson, marksText } from "./marks_text.ts";
import { givenOption, type ReplayOptions, variantOf } from "./replay_options.ts";
import { whatIfJson, whatIfText } from "./what_if_text.ts";

/** Verifies a recorded trace or, where an option asks for another allocator, tells what would have become of it. */
export async function replayRecorded(
  path: string,
  bytes: Uint8Array,
  options: ReplayOptions,
  io: Io,
): Promise<Outcome> {
  const stray = givenOption(options, ["summary", "flavour"]);
  if (stray) return err(`${stray} is for golden traces, this is a recorded one`);
  const progress = createProgress(io.err, io.clock);
  const parsed = parseRecordedTrace(bytes, (done) => progress.show(`${inputName(path)}: reading`, done, bytes.length));
  if (!parsed.ok) return parsed;
  const trace = parsed.value;
  if (options.marks === true) {
    progress.clear();
    io.out.write((options.json ? marksJson : marksText)(inputName(path), trace));
    return ok(0);
  }
  const until = options.until === undefined ? ok(trace.length) : endOfMark(trace, options.until);
  if (!until.ok) return err(`${until.error}${suggestMark(trace, options.until ?? "")}`);

  const onProgress = (rows: number): void => progress.show(`${inputName(path)}: replaying`, rows, until.value);
  if (givenOption(options, ["abi", "fit", "mdbg", "debug", "variant", "pool"]) === undefined) {
    const { operations, instances, difference } = verifyTrace(trace, { until: until.value, onProgress });
    progress.clear();
    const name = inputName(path);
    const text = difference
      ? describeDifference(difference)
      : `${counted(operations, "operation")}, ${counted(instances, "instance")}: every address and every allocated value as recorded`;
    const json = {
      trace: name,
      context: trace.context,
      operations,
      instances,
      asRecorded: difference === null,
      difference,
    };
    io.out.write(`${options.json ? JSON.stringify(json) : `${name}: ${text}`}\n`);
    return ok(difference ? 1 : 0);
  }

  const settings = settingsOf(trace, options);
  if (!settings.ok) return settings;
  const report = whatIf(trace, { ...settings.value, until: until.value, onProgress });
  progress.clear();
  if (!report.ok) return report;
  io.out.write((options.json ? whatIfJson : whatIfText)(inputName(path), trace, settings.value, report.value));
  return ok(report.value.newFailures > 0 ? 1 : 0);
}

/** What the options change; what they leave out is as recorded. */
function settingsOf(trace: RecordedTrace, options: ReplayOptions): Result<WhatIfOptions> {
  const variant = variantOf(options);
  if (!variant.ok) return variant;
  const { word, fit, flavour, mdbg, debug } = variant.value;
  if (flavour === "bare")
    return err(`variant '${options.variant}' has no malloc layer; a recorded trace needs one, like lp64-bf-core`);
  const pool = options.pool === undefined ? {} : { pool: options.pool };
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
      return `${hex(expected)} is passed in, which is no live block`;
    case "pool":
      return `the pool at ${hex(expected)} is refused`;
    case "panic":
      return `the replayed heap panics: ${explanation}`;
  }
}

function suggestMark({ marks }: RecordedTrace, typed: string): string {
  const names = marks.map(({ name }) => name);
  if (names.length === 0) return "; it has no marks at all";
  const some = `; it has ${names
    .slice(0, 5)
    .map((name) => clip(name))
    .join(", ")}${names.length > 5 ? " …" : ""}`;
  return `${suggest(typed, names) || some}; --marks lists them`;
}
