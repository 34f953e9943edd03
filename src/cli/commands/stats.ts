// `teemem stats`: pools and TAs of a source.
import type { Command } from "commander";
import { changesOf } from "../../analyze/counters/heap_series.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { shellWord } from "../../base/shell_word.ts";
import type { Recording } from "../../recording/recording.ts";
import { knownCause } from "../../source/client/system_source.ts";
import type { Source, SourceError } from "../../source/source.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { drawPools, drawTas } from "../../view/terminal/pool_table.ts";
import { wrap } from "../../view/terminal/wrap.ts";
import { printFailure } from "../../xtest/print.ts";
import { isFile } from "../inputs/is_there.ts";
import { hearErrors } from "../outputs/console_errors.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { writeReadNote } from "../outputs/read_note.ts";
import type { StatsJson } from "../schemas/stats.ts";
import { ask, titleOf, unanswered } from "../systems/asking.ts";
import type { SystemOptions } from "../systems/setting.ts";
import { openSource } from "../systems/sources.ts";
import { systemOptions } from "../systems/system_options.ts";
import { printEnded } from "./stats_ended.ts";
import { momentMeant } from "./stats_moment.ts";

const EXAMPLES = `
Shows the system of the daemon of 'teemem boot', if one runs (TEEMEM_SOCKET or
--on names its socket). Otherwise, and with --after, --cfg, --optee or
--profile, it shows the embedded system: OP-TEE after its boot, or after a mark
of the recorded run.

Examples:
  teemem stats                      after the boot
  teemem stats --after regression-1013
                                    after the boot and the recorded tests up to
                                    this one
  teemem stats --cfg CFG_CORE_BGET_BESTFIT=y --after pkcs11-1015
  teemem stats --on file:run.arrows --at 1.5
                                    a recording, or a heap trace or log, 1.5
                                    seconds after its reset
  teemem stats --json | jq '.pools[0]'
  teemem stats --ended              last statistics of TAs that have exited in
                                    the daemon
  teemem stats --ended -- leaky 5   the same for a workload on the embedded
                                    system
`;

/** Options and examples of `teemem stats`. */
export function declare(command: Command): void {
  command
    .argument("[workload...]", "with --ended: after -- the workload to run first")
    .option("--at <moment>", "with --on file:PATH: seconds, or a mark; default: its end")
    .option("--ended", "show the last statistics of TAs that have exited instead")
    .option("--reset", "then set the maxima and failure counters of all pools back")
    .option("--json", "print the records as JSON: see 'teemem schema stats'")
    .addHelpText("after", EXAMPLES);
  systemOptions(command, "on", "secure", "taStats", "leakHeaders", "after", "cfg", "optee", "profile");
}

interface StatsOptions extends SystemOptions {
  readonly json?: boolean;
  readonly ended?: boolean;
  readonly reset?: boolean;
  readonly at?: string;
}

/** Pools and TAs of a source, as a table with advice, or as JSON. */
export async function run(words: readonly string[], options: StatsOptions, io: Io): Promise<CommandResult> {
  const setting = { options, env: process.env, io, hears: true };
  if (options.ended === true && options.at === undefined) return printEnded(words, options, setting, io);
  if (options.ended === true) return err("--at and --ended exclude each other: leave out one of them");
  const [file] = words;
  if (file !== undefined && words.length === 1 && isFile(file))
    return err(`that is a file: 'teemem stats --on ${shellWord(file)}' shows it`);
  if (words.length > 0) return err("a workload needs --ended; see also 'teemem help watch'");
  const found = await openSource(setting);
  if (!found.ok) return found;
  await using source = found.value;
  if (!source.answers.has("alloc") && !source.answers.has("ta"))
    return err(`${source.name} has no statistics of pools or TAs`);
  if (options.reset === true && source.client === undefined)
    return err(
      `${source.name} sets no counters back: only a source that takes calls does, like local: on the board itself`,
    );
  const at = await momentMeant(source, options.at);
  if (!at.ok) return at;
  const stop = hearErrors(source, io);
  const alloc = await ask(source, "alloc", { at: at.value, reset: options.reset });
  // A source without pools may still report TAs, and before the first sample of a recording there is nothing.
  if (!alloc.ok && source.answers.has("alloc") && at.value === undefined) return failed(source, alloc.error, io);
  const ta = await ask(source, "ta", { at: at.value });
  await stop();
  const recording = await recordingOf(source);
  const { read } = recording ?? {};
  const changes = recording === undefined ? undefined : changesOf(recording, at.value);
  if (options.json === true) {
    const plain = {
      release: source.version,
      pools: alloc.ok ? alloc.value.pools : [],
      tas: ta.ok ? ta.value : [],
      ...(alloc.ok && alloc.value.own !== undefined ? { own: alloc.value.own } : {}),
      ...(changes === undefined || changes.size === 0 ? {} : { changes: Object.fromEntries(changes) }),
      read,
    };
    io.out.writeData(describedJson<StatsJson>()(plain, 2));
    return ok(0);
  }
  const paint = createPaint(io.out);
  const pools = alloc.ok ? drawPools(alloc.value.pools, paint, changes) : [missing("Pools", alloc.error)];
  const tas = ta.ok ? drawTas(ta.value, paint, changes) : [missing("Trusted applications", ta.error)];
  writeReadNote(read, io.out);
  io.out.write(shown`${paint.bold(printable(titleOf(source)))}\n\n`);
  io.out.write(shown`${joined(pools, "\n")}\n\n${joined(tas, "\n")}\n`);
  const cost = alloc.ok ? alloc.value.own?.text : undefined;
  if (cost !== undefined) io.out.write(shown`\n${paint.dim(wrap(cost, paint))}\n`);
  return ok(0);
}

/** The whole recording, where the source is one. */
async function recordingOf(source: Source): Promise<Recording | undefined> {
  const recording = source.answers.has("recording") ? await ask(source, "recording") : undefined;
  return recording?.ok === true ? recording.value : undefined;
}

/** No answer for TAs is an answer here, not a failure. */
function missing(what: string, { text }: SourceError): Printable {
  return shown`${printable(what)}: ${printable(text)}.`;
}

/** Pools failed: what xtest prints, and what to do. */
function failed(source: Source, error: SourceError, io: Io): CommandResult {
  // What a platform lacks is not a matter of codes.
  if (error.failure === undefined || error.failure.why !== undefined) return unanswered(source, error, io);
  const what = printFailure(error.failure)
    .trim()
    .replace(/^xtest: /, "");
  const why = source.lost || knownCause(error.failure);
  io.err.write(shown`teemem: ${printable(what)}${why === "" ? own("") : shown`: ${printable(why)}`}\n`);
  return ok(1);
}
