// `teemem leaks`: what was never freed, by file and line.
import { type Command, InvalidArgumentError } from "commander";
import { holders } from "../../analyze/holders.ts";
import { isLibraryOwn } from "../../analyze/leak/library.ts";
import { counted, grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { shellWord } from "../../base/shell_word.ts";
import type { SarifNote } from "../../export/sarif_notes.ts";
import type { LiveBlock } from "../../malloc/foreach.ts";
import { noteProblem, writeNotes } from "../findings/note_sarif.ts";
import { isThere } from "../inputs/is_there.ts";
import { areFiles, isPath } from "../inputs/leak_inputs.ts";
import type { ListOptions } from "../jobs/leaks_board.ts";
import { type LeakFileOptions, leaksOfFiles } from "../jobs/leaks_files.ts";
import { leaksLive } from "../jobs/leaks_live.ts";
import { neverEntered, setStage, workloadHelp } from "../jobs/stage.ts";
import { WORKLOADS } from "../jobs/workload.ts";
import { consoleErrors } from "../outputs/console_errors.ts";
import { printFound } from "../outputs/leaks_text.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { ask, unanswered } from "../systems/asking.ts";
import { elfFiles } from "../systems/elf_files.ts";
import { foldersAndName, ownOrNamedTaOption } from "../systems/own_tas.ts";
import type { SystemOptions } from "../systems/setting.ts";
import { systemOptions } from "../systems/system_options.ts";

interface LeaksOptions extends SystemOptions, LeakFileOptions, ListOptions {
  readonly ta?: readonly string[];
  readonly console?: boolean;
  readonly json?: boolean;
}

const HELP = `
With files, it compares snapshots. A snapshot is one list of 'buffer: N bytes
FILE:LINE' lines in a console log, or one mark of a recording (with several
files: the end of each recording).

  1 snapshot    lists the live blocks by call site
  2 snapshots   show what grew
  3 snapshots   show blocks that came with the second or third and stayed:
                'leak' if both added some
  4 and more    show the growth for each step, and how sure it is

A list ends with the heap's own pool table (bget_malloc.c). One without it, as
the log ends or the board boots, is cut: then nothing is said that its missing
blocks can explain. Damaged lines are used as far as they can be read, and
counted.

Files without lists but with reports of a board's 'xtest --stats' show which heaps grow
from report to report, without call sites.

With a workload, it runs the workload on the embedded system and lists the live
blocks of its first TA by call site: for an ended instance, what it never freed;
for a running one, what it holds now. With --ta and a folder, it lists those of
every TA of the folder. It sets CFG_TEE_TA_MALLOC_DEBUG=y unless --cfg says
otherwise.

Without either, the TAs in the daemon of 'teemem boot' list their live blocks,
even in the middle of a call: here, and as I/TA: lines on the daemon's secure
console. They have leak headers only if the daemon was booted with
--cfg CFG_TEE_TA_MALLOC_DEBUG=y.

With --on and --secure a board prints its core's list on the secure console,
once or --lists times, and it is listed or compared like lists in a log. The
board's build needs CFG_TEE_CORE_MALLOC_DEBUG=y.

Workloads:
${workloadHelp()}

Examples:
  teemem leaks before.log after.log
                                growth between two lists of a board's secure
                                console
  teemem leaks loop.log         all lists of one log: growth from each to the
                                next
  teemem leaks --at boot --at pkcs11-1007 demo:core
  teemem leaks -- leaky 5
  teemem leaks --console -- leaky 5
  teemem leaks --ta my_tas -- ./client
                                of all TAs that 'teemem ta build my_tas' made
  teemem leaks --on ssh://root@board --secure serial:/dev/ttyUSB1 --lists 4
                                growth of a board's core heap, list by list
  teemem leaks --ta keep_alive  its live blocks in the daemon

Exit code 1: something grew, an instance ended with blocks that are not the
library's own, or none of the TAs was entered. Exit code 2: the lists are
damaged, cut, or of two programs, and do not tell.
`;

/** Options and examples of `teemem leaks`. */
export function declare(command: Command): void {
  command
    .argument(
      "[files or workload...]",
      "console logs or recordings to compare, or after -- a workload to run; default: query a daemon",
    )
    .option("--console", "print the lines that mdbg_check(1) prints on the secure console")
    .option("--at <mark>", "files: the live blocks at the end of this mark of a recording; may be repeated", collect)
    .option("--heap <name>", "files: only this heap: core, TA, ldelf, a TA's name or beginning of its UUID")
    .option("--split <text>", "files: a line with this text separates two lists of a console log")
    .option(
      "--elf <file>",
      "look up addresses of call sites in this file, like tee.elf, or in that of a name of boards.yaml",
    )
    .option("--load <address>", "files: the load address of OP-TEE or the TA; default: its link address")
    .option("--lists <n>", "boards: ask for so many leak lists and compare them", readNumber, 1)
    .option("--every <seconds>", "boards: time from one list to the next", readNumber, 10)
    .option("--sarif <file>", "also write what grew or was never freed as SARIF 2.1.0; overwrites only an older log")
    .option("--json", "print every block as JSON: see 'teemem schema leaks'")
    .addHelpText("after", HELP);
  ownOrNamedTaOption(
    command,
    "the TA; default: the workload's first TA, or all that run; or a folder of TAs that 'teemem ta build' made",
  );
  systemOptions(command, "on", "secure", "cfg", "optee", "profile");
}

/** The blocks of one TA that were not freed. */
export async function run(words: readonly string[], given: LeaksOptions, io: Io): Promise<CommandResult> {
  const taken = noteProblem(given.sarif, "leaks");
  if (taken !== null) return err(taken);
  const files = await elfFiles({ on: given.on, elf: given.elf }, process.env);
  if (!files.ok) return files;
  const { elf } = files.value;
  const { folders, name: ta } = foldersAndName(given.ta ?? []);
  const options = { ...given, ...(elf === undefined ? {} : { elf }), ta };
  if (words.length === 0) return leaksLive(options, io);
  const path = words.find(isPath);
  const workload = words.findIndex((word) => Object.hasOwn(WORKLOADS, word));
  if (path !== undefined && workload > words.indexOf(path) && !(await isThere(words[workload] ?? "")))
    return err(`give files to compare, or a workload to run, not both: leave out '${words.slice(workload).join(" ")}'`);
  if (folders.length === 0 && (path !== undefined || (await areFiles(words)))) {
    if (options.on !== undefined) return err("files and --on are two sources: leave out one of them");
    return leaksOfFiles(words, options, io);
  }
  if (options.on !== undefined) return err("a workload runs on an embedded system: leave out --on, or the workload");
  const cfg = `CFG_TEE_TA_MALLOC_DEBUG=y ${options.cfg ?? ""}`;
  const setting = { options: { ...options, cfg }, env: process.env, io, console: consoleErrors(io) };
  const stage = await setStage(given.ta ?? [], words, setting, options.json === true ? 2 : 1);
  if (!stage.ok) return stage;
  await using source = stage.value.source;
  const ran = await stage.value.run();
  const all = await ask(source, "held");
  if (!all.ok) return unanswered(source, all.error, io);
  const { tas } = stage.value;
  const held = all.value.filter((one) => tas.some(({ uuid }) => uuid === one.uuid));
  const good = held.flatMap(({ blocks, ...one }) => (blocks.ok ? [{ ...one, blocks: blocks.value }] : []));
  printFound(good, options, io.out);
  const leaks = good.filter(({ ended, panicked }) => ended && !panicked).flatMap(leaksOfInstance);
  const problem = writeNotes({
    sarif: options.sarif,
    command: "leaks",
    notes: leaks,
    folders: [...folders, "."],
    file: "",
  });
  if (problem !== null) return err(problem);
  const bad = held.flatMap(({ blocks }) => (blocks.ok ? [] : [blocks.error]));
  // Nothing was looked at, which is no all-clear.
  if (held.length === 0) bad.push(neverEntered(tas));
  if (bad.some((error) => error.includes(DAMAGED)) && folders.length > 0) bad.push(searched(folders, words));
  for (const error of new Set(ran.ok ? bad : [...bad, ran.error])) io.err.write(shown`teemem: ${printable(error)}\n`);
  return ok(leaks.length > 0 || bad.length > 0 || !ran.ok ? 1 : 0);
}

/** What a heap that cannot be read any more is called. */
const DAMAGED = " is damaged: ";

/** The command that says who damaged a heap. */
function searched(folders: readonly string[], words: readonly string[]): string {
  const tas = folders.map((folder) => `--ta ${shellWord(folder)}`).join(" ");
  return `'teemem exec --memcheck ${tas} -- ${words.map(shellWord).join(" ")}' names the line that damaged it`;
}

/** What an instance that ended had not freed, by call site; what is the library's own is none. */
function leaksOfInstance({
  name,
  uuid,
  blocks,
}: {
  name: string;
  uuid: string;
  blocks: readonly LiveBlock[];
}): SarifNote[] {
  const named = blocks.map(({ size, file, line }) => ({ size, site: `${file}:${line}` }));
  return holders(named.filter(({ site }) => !isLibraryOwn(site))).map(({ site, bytes, blocks: count }) => ({
    kind: "leak",
    heap: name || uuid,
    site,
    text: `${grouped(bytes)} bytes in ${counted(count, "block")} never freed`,
  }));
}

function collect(mark: string, before: readonly string[] = []): readonly string[] {
  return [...before, mark];
}

function readNumber(text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("Expected a number, 1 or more.");
}
