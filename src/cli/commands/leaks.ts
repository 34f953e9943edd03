import type { Command } from "commander";
import { holders } from "../../analyze/holders.ts";
import { counted, grouped } from "../../base/format.ts";
import { ok, type Result } from "../../base/result.ts";
import type { LiveBlock } from "../../malloc/foreach.ts";
import type { Core } from "../../tee/core.ts";
import { leaksOf } from "../../tee/ta/inspect.ts";
import type { EntryObserver, TaInstance } from "../../tee/ta/ta_instance.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { printLeak } from "../../xtest/leaks.ts";
import type { EmbeddedOptions } from "../embedded.ts";
import type { Io, Outcome } from "../outcome.ts";
import { setStage, workloadHelp } from "../watched.ts";

interface LeaksOptions extends EmbeddedOptions {
  readonly ta?: string;
  readonly console?: boolean;
  readonly json?: boolean;
}

/** What an instance held when it ended, or holds now. */
interface Found {
  readonly instance: number;
  readonly uuid: string;
  readonly name: string;
  readonly ended: boolean;
  readonly blocks: readonly LiveBlock[];
}

/** The library's own blocks live as long as the heap; what TEE_Malloc and its like gave out is the application's. */
const LIBRARY = /^lib\/(libutils\/|libutee\/user_ta_entry\.c$)/;

/** Options and examples of `teemem leaks`. */
export function declare(command: Command): void {
  command
    .argument("[workload...]", "what to run, after --")
    .option("--ta <uuid|name>", "the trusted application; default the workload's first")
    .option("--console", "the lines that mdbg_check(1) prints on the secure console")
    .option("--cfg <switches>", "build switches; CFG_TEE_TA_MALLOC_DEBUG=y is set unless you say otherwise")
    .option("--optee <version>", "release, like 4.5.0")
    .option("--profile <name>", "boot profile")
    .option("--json", "every block as JSON")
    .addHelpText(
      "after",
      `
Runs a workload on the embedded system and lists the live blocks of one trusted application by file and line: of an
instance that ended what it had not freed by then, of one that still runs what it holds now.

Workloads:
${workloadHelp()}

Examples:
  teemem leaks -- leaky 5
  teemem leaks --console -- leaky 5

Exit code 1: an instance ended with blocks that its own code had allocated.
`,
    );
}

/** The blocks of one application that were not freed. */
export async function run(words: readonly string[], options: LeaksOptions, io: Io): Promise<Outcome> {
  const cfg = `CFG_TEE_TA_MALLOC_DEBUG=y ${options.cfg ?? ""}`;
  const stage = setStage(options.ta, words, { ...options, cfg }, (line) => {
    if (line.startsWith("E/")) io.err.write(`${line}\n`);
  });
  if (!stage.ok) return stage;
  const { core, uuid } = stage.value;
  const found: Result<Found>[] = [];
  const observer = endsOf(uuid, (instance) => found.push(listed(core, instance, true)));
  core.observers.add(observer);
  const ran = await stage.value.run();
  core.observers.delete(observer);
  for (const instance of core.instances) if (instance.uuid === uuid) found.push(listed(core, instance, false));
  const good = found.flatMap((one) => (one.ok ? [one.value] : []));
  if (options.json === true) io.out.write(`${JSON.stringify(good, null, 2)}\n`);
  else if (options.console === true)
    for (const { blocks } of good) for (const block of blocks) io.out.write(line(block));
  else io.out.write(good.map((one) => `${drawn(one, createPaint(io.out.colours)).join("\n")}\n`).join("\n"));
  const bad = found.flatMap((one) => (one.ok ? [] : [one.error]));
  for (const error of new Set(ran.ok ? bad : [...bad, ran.error])) io.err.write(`teemem: ${error}\n`);
  const leaked = good.some(({ ended, blocks }) => ended && blocks.some(({ file }) => !LIBRARY.test(file)));
  return ok(leaked || bad.length > 0 || !ran.ok ? 1 : 0);
}

function endsOf(uuid: string, end: (instance: TaInstance) => void): EntryObserver {
  return {
    loaded() {},
    entered() {},
    left() {},
    unloaded(instance) {
      if (instance.uuid === uuid) end(instance);
    },
  };
}

function listed(core: Core, instance: TaInstance, ended: boolean): Result<Found> {
  const blocks = leaksOf(core, instance);
  if (!blocks.ok) return blocks;
  return ok({ instance: instance.id, uuid: instance.uuid, name: instance.app.name, ended, blocks: blocks.value });
}

function line(block: LiveBlock): string {
  return printLeak(block, "TA");
}

function drawn({ instance, name, ended, blocks }: Found, paint: Paint): string[] {
  const bytes = blocks.reduce((sum, { size }) => sum + size, 0);
  const when = ended ? "when it ended" : "still running";
  const title = `${name}, instance ${instance}, ${when}: ${counted(blocks.length, "block")}, ${grouped(bytes)} bytes asked for`;
  const sites = holders(blocks.map(({ size, file, line: at }) => ({ size, site: `${file}:${at}` })));
  return [paint.bold(title), ...drawHolders(sites, paint)];
}
