// Plays a golden trace for `teemem replay`.
import { posix } from "node:path";
import { printableJson, printableLines, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { type Sink, startGolden } from "../../replay/golden_player.ts";
import { poolProblem } from "../../replay/golden_pools.ts";
import { LARGEST_GOLDEN, parseGoldenTrace } from "../../replay/golden_trace.ts";
import { formatVariant } from "../../replay/variant.ts";
import { inputName } from "../inputs/open_input.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { createProgress } from "../outputs/progress.ts";
import type { GoldenJson } from "../schemas/replay.ts";
import { givenOption, type ReplayOptions, releaseOption, variantOf } from "./replay_options.ts";

/** Operations between two looks at the reader and the clock. */
const STEP = 256;

/** Plays a golden trace: its results and what the heap looks like then, or only the summary. */
export async function replayGolden(
  path: string,
  bytes: Uint8Array,
  options: ReplayOptions,
  io: Io,
): Promise<CommandResult> {
  const stray = givenOption(options, ["pool", "heap", "until", "mark", "marks"]);
  if (stray) return err(`${stray} is for recorded traces; this is a golden trace`);
  if (bytes.length > LARGEST_GOLDEN) return err(`too large for a golden trace: more than ${LARGEST_GOLDEN} bytes`);
  const trace = parseGoldenTrace(new TextDecoder().decode(bytes));
  if (!trace.ok) return trace;
  const variant = variantOf(options);
  if (!variant.ok) return variant;
  const release = releaseOption(options);
  if (!release.ok) return release;
  const problem = poolProblem(trace.value, variant.value);
  if (problem !== null) return err(problem);

  const brief = options.summary === true || options.json === true;
  const progress = createProgress(io.err, io.clock);
  const write: Sink = brief ? () => {} : (text) => io.out.write(printableLines(text));
  const run = startGolden(trace.value, variant.value, write, null, release.value);
  const total = trace.value.ops.length;
  for (let done = STEP; run.advance(STEP); done += STEP) {
    progress.show(inputName(path), done, total);
    await io.out.drain();
  }
  const summary = run.finish();
  progress.clear();
  const name = { trace: traceName(path), variant: formatVariant(variant.value) };
  io.out.writeData(brief ? describedJson<GoldenJson>()({ ...name, ...summary }) : shown`${printableJson(summary)}\n`);
  return ok(0);
}

/** File name without folder, `.gz` and `.trace`. */
function traceName(path: string): string {
  return path === "-"
    ? "stdin"
    : posix
        .basename(path)
        .replace(/\.gz$/, "")
        .replace(/\.trace$/, "");
}
