import type { Command } from "commander";
import { err, ok, type Result } from "../../base/result.ts";
import { nodeCrypto } from "../../node/crypto.ts";
import { createFolderStore } from "../../node/object_store.ts";
import { EXAMPLES } from "../../tee/apps/examples.ts";
import { createClient } from "../../tee/client.ts";
import { type EmbeddedOptions, startEmbedded } from "../embedded.ts";
import { drawHeapRows, type HeapRow, watchHeaps } from "../examples/heap_rows.ts";
import type { Program } from "../examples/program.ts";
import { PROGRAMS } from "../examples/programs.ts";
import { suggest } from "../nearest.ts";
import type { Io, Outcome } from "../outcome.ts";

const HELP = `
The programs are those of optee_examples. They run on an embedded system of their own, with trusted applications
that do with their heaps what the real ones do.

Examples:
  teemem run --list
  teemem run hello_world
  teemem run --heap aes                     with the heaps after every command: this one leaks
  teemem run acipher 512 hello
  teemem run --storage objects secure_storage
                                            keeps persistent objects in a folder: run it twice
`;

interface RunOptions extends EmbeddedOptions {
  readonly list?: boolean;
  readonly heap?: boolean;
  readonly storage?: string;
}

/** Options and examples of `teemem run`. */
export function declare(command: Command): void {
  command
    .argument("[name]", "the example")
    .argument("[args...]", "its arguments")
    .option("--list", "the examples there are")
    .option("--heap", "the heaps of the application and of the core after every call")
    .option("--storage <folder>", "keep persistent objects in this folder; default in memory")
    .option("--after <mark>", "play the recorded run up to the end of this mark first")
    .option("--cfg <switches>", "build switches, like 'CFG_CORE_BGET_BESTFIT=y'")
    .option("--profile <name>", "boot profile")
    .addHelpText("after", HELP);
}

/** Runs the client program of an example on the embedded system. Exit code 1 if a call fails. */
export async function run(args: readonly string[], options: RunOptions, io: Io): Promise<Outcome> {
  const print = (text: string): void => io.out.write(text);
  if (options.list === true) {
    for (const program of PROGRAMS) print(`${nameOf(program).padEnd(30)}${program.summary}\n`);
    return ok(0);
  }
  const [name, ...rest] = args;
  const program = find(name);
  if (!program.ok) return program;
  const prepared = program.value.prepare(rest);
  if (!prepared.ok) return err(`${prepared.error}; it is 'teemem run ${nameOf(program.value)}'`);
  const storage = options.storage === undefined ? {} : { storage: createFolderStore(options.storage) };
  const platform = { crypto: nodeCrypto(), ...storage };
  const core = await startEmbedded(options, () => {}, { apps: EXAMPLES, platform });
  if (!core.ok) return core;
  const rows: HeapRow[] = [];
  const plain = createClient(core.value);
  const client = options.heap ? watchHeaps(plain, core.value, program.value, (row) => rows.push(row)) : plain;
  const done = await prepared.value(client, print);
  if (options.heap) print(`\n${drawHeapRows(rows).join("\n")}\n`);
  if (done.ok) return ok(0);
  io.err.write(`optee_example_${program.value.name}: ${done.error}\n`);
  return ok(1);
}

function nameOf({ name, usage }: Program): string {
  return usage === "" ? name : `${name} ${usage}`;
}

function find(name: string | undefined): Result<Program> {
  const names = PROGRAMS.map((program) => program.name);
  if (name === undefined) return err(`nothing to run: there is ${names.join(", ")}`);
  const short = name.replace(/^optee_example_/, "");
  const program = PROGRAMS.find((candidate) => candidate.name === short);
  return program ? ok(program) : err(`unknown example '${name}'${suggest(name, names)}; 'teemem run --list' shows all`);
}
