// `teemem run`: the client program of an example.
import type { Command } from "commander";
import { clip, joined, printable, printableLines, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { nodeHost } from "../../node/host.ts";
import { follow } from "../../source/follow.ts";
import { isTraced } from "../../source/source.ts";
import { EXAMPLES } from "../../tee/apps/examples.ts";
import { drawHeapRows, type HeapRow, watchHeaps } from "../examples/heap_rows.ts";
import { heapViewOf } from "../examples/heap_view.ts";
import type { Program } from "../examples/program.ts";
import { PROGRAMS } from "../examples/programs.ts";
import { type FindingOptions, findingOptions, readSuppressions } from "../findings/finding_options.ts";
import { collectFindings } from "../findings/heard_findings.ts";
import { judgeFindings, tellFindings } from "../findings/tell_findings.ts";
import { FUZZ_DEFAULTS } from "../fuzz/fuzz_defaults.ts";
import { suggest } from "../outputs/nearest.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { memcheckOption, type OwnTaOptions, ownTaOption, ownTasOf } from "../systems/own_tas.ts";
import type { SystemOptions } from "../systems/setting.ts";
import { openTalking } from "../systems/sources.ts";
import { storageOf } from "../systems/storage_option.ts";
import { systemOptions } from "../systems/system_options.ts";
import { isChecked } from "../ta/mode_option.ts";

const HELP = `
The programs are those of optee_examples; on their heaps, the TAs do what the
real ones do. The programs talk to the daemon of 'teemem boot', if one runs
(TEEMEM_SOCKET or --on names its socket). Otherwise, and with --after, --cfg,
--profile or --storage, they use an embedded system of their own.

Examples:
  teemem run --list
  teemem run hello_world
  teemem run --heap aes             shows heaps after every command: aes leaks
  teemem run acipher 512 hello
  teemem run --on unix:/tmp/tee.sock random
                                    talks to the daemon behind this socket
  teemem run --storage objects secure_storage
                                    keeps objects in a folder: run it twice
`;

interface RunOptions extends SystemOptions, OwnTaOptions, FindingOptions {
  readonly list?: boolean;
  readonly heap?: boolean;
}

/** Options and examples of `teemem run`. */
export function declare(command: Command): void {
  command
    .argument("[name]", "the example")
    .argument("[args...]", "its arguments")
    .option("--list", "list the examples")
    .option("--heap", "show the heaps of the TA and of the core after every call")
    .option("--storage <folder>", "keep persistent objects in this folder; default in memory")
    .addHelpText("after", HELP);
  ownTaOption(command);
  memcheckOption(command);
  findingOptions(command);
  systemOptions(command, "on", "after", "cfg", "profile");
}

/** Runs the client program of an example. Exit code 1 if a call fails. */
export async function run(args: readonly string[], options: RunOptions, io: Io): Promise<CommandResult> {
  const print = (text: string): void => io.out.write(printableLines(text));
  if (options.list === true) {
    for (const program of PROGRAMS) print(`${nameOf(program).padEnd(30)}${program.summary}\n`);
    return ok(0);
  }
  const [name, ...rest] = args;
  if (name?.endsWith(".json") === true) {
    const [folder] = options.ta ?? [];
    if (folder === undefined) return err("an input of 'teemem fuzz' is run in its TA: name it with --ta FOLDER");
    return (await import("./fuzz.ts")).run([folder], { ...FUZZ_DEFAULTS, replay: name }, io);
  }
  const program = find(name);
  if (!program.ok) return program;
  const prepared = program.value.prepare(rest);
  if (!prepared.ok) return err(`${prepared.error}; it is 'teemem run ${nameOf(program.value)}'`);
  const suppressions = readSuppressions(options);
  if (!suppressions.ok) return suppressions;
  const storage = storageOf(options.storage, io);
  if (!storage.ok) return storage;
  const tas = await ownTasOf(options, EXAMPLES, io);
  if (!tas.ok) return tas;
  const surroundings = { apps: tas.value.apps, host: { ...nodeHost(), ...storage.value } };
  if (options.ta !== undefined && options.on !== undefined) return err(NO_ON);
  const system = options.ta === undefined ? options : { ...options, on: "sim" };
  const found = await openTalking({ options: system, env: process.env, io, surroundings });
  if (!found.ok) return found;
  await using source = found.value;
  const heaps = options.heap && isTraced(source) ? await heapViewOf(source) : null;
  if (options.heap && heaps === null) return err(`${source.name} reports no events: leave out --heap`);
  const findings = collectFindings();
  const following = isChecked(options) && isTraced(source) ? follow(source, findings.take) : null;
  await following?.caughtUp();
  const rows: HeapRow[] = [];
  const client = heaps ? watchHeaps(source.client, heaps, program.value, (row) => rows.push(row)) : source.client;
  const done = await prepared.value(client, print);
  if (heaps) io.out.write(shown`\n${joined(drawHeapRows(rows), "\n")}\n`);
  if (heaps && heaps.lost > 0)
    io.err.write(shown`teemem: ${heaps.lost} events were lost: the figures may be incomplete\n`);
  await following?.caughtUp();
  const judged = judgeFindings(findings.found, suppressions.value);
  const problem = following && tellFindings({ judged, options, folders: options.ta ?? [], output: io.err });
  if (problem !== null) return err(problem);
  if (judged.shown.length > 0 && options.errorExitcode !== undefined) return ok(options.errorExitcode);
  if (done.ok) return ok(0);
  const why = source.lost === "" ? "" : `: ${source.lost}`;
  io.err.write(shown`optee_example_${printable(program.value.name)}: ${printable(done.error)}${printable(why)}\n`);
  return ok(1);
}

const NO_ON = "--ta is for an embedded system: give it to 'teemem boot', or leave out --on";

function nameOf({ name, usage }: Program): string {
  return usage === "" ? name : `${name} ${usage}`;
}

function find(name: string | undefined): Result<Program> {
  const names = PROGRAMS.map((program) => program.name);
  if (name === undefined) return err(`nothing to run: name one of ${names.join(", ")}`);
  const short = name.replace(/^optee_example_/, "");
  const program = PROGRAMS.find((candidate) => candidate.name === short);
  return program
    ? ok(program)
    : err(`unknown example '${clip(name)}'${suggest(name, names)}; 'teemem run --list' shows all`);
}
