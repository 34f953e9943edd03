// `teemem leaks` without files or a workload: the live blocks that a source reports.
import { printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { snapshotsOfRecording } from "../inputs/leak_inputs.ts";
import { type LeaksForm, printFound } from "../outputs/leaks_text.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { ask, unanswered } from "../systems/asking.ts";
import { uuidOfName } from "../systems/known_tas.ts";
import { choosesEmbedded, type SystemOptions } from "../systems/setting.ts";
import { openRunning } from "../systems/sources.ts";
import { type ListOptions, leaksOfLists } from "./leaks_board.ts";
import { type LeakFileOptions, leaksOfSnapshots } from "./leaks_files.ts";
import { parseWorkload } from "./workload.ts";

/**
 * The live blocks of TAs that run in a system, which prints them on its console as well; of a recording what a file of it
 * shows. Exit code 1 where there is no list: none runs, or the system's build has no leak headers.
 */
export async function leaksLive(
  options: SystemOptions & LeaksForm & LeakFileOptions & ListOptions & { readonly ta?: string | undefined },
  io: Io,
): Promise<CommandResult> {
  // These are questions to an embedded system: then a workload is missing, which says so.
  if (options.on === undefined && choosesEmbedded(options)) return parseWorkload([]) as CommandResult;
  const opened = await openRunning({ options, env: process.env, io, hears: true });
  if (!opened.ok) return opened;
  if (opened.value === null) {
    const missing = parseWorkload([]);
    const text = missing.ok ? "nothing to run" : missing.error;
    return err(`${text}; or start 'teemem boot --cfg CFG_TEE_TA_MALLOC_DEBUG=y' and query its TAs`);
  }
  await using source = opened.value;
  if (source.answers.has("recording")) {
    if (options.split !== undefined) return err("--split is for a console log: name the file without --on");
    const recording = await ask(source, "recording");
    if (!recording.ok) return unanswered(source, recording.error, io);
    const snapshots = snapshotsOfRecording(recording.value, options, true);
    return snapshots.ok ? leaksOfSnapshots(snapshots.value, options, io) : err(`${source.name}: ${snapshots.error}`);
  }
  if (!source.answers.has("leaks") && source.answers.has("memleak")) return await leaksOfLists(source, options, io);
  if (options.sarif !== undefined)
    return err("what TAs hold now is no leak: for --sarif give files to compare, or a workload");
  if (!source.answers.has("leaks")) return err(`${source.name} does not list live blocks`);
  const named = await ask(source, "leaks", { ta: options.ta });
  // Memory has no names of TAs.
  const uuid = named.ok || options.ta === undefined ? undefined : uuidOfName(options.ta);
  const found = uuid === undefined ? named : await ask(source, "leaks", { ta: uuid });
  if (!found.ok) {
    const text = source.lost || found.error.text;
    io.err.write(shown`teemem: ${printable(text)}${printable(missingSwitch(text))}\n`);
    return ok(1);
  }
  printFound(
    found.value.map((one) => ({ ...one, ended: false })),
    options,
    io.out,
  );
  return ok(0);
}

/** What to do where the daemon's build cannot list. */
function missingSwitch(error: string): string {
  const isSwitch = error.includes("CFG_TEE_TA_MALLOC_DEBUG");
  return isSwitch ? "; start it again with 'teemem boot --cfg CFG_TEE_TA_MALLOC_DEBUG=y'" : "";
}
