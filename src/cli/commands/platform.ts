// `teemem platform capture`: a folder of a platform, made of a recording by the plugin of QEMU.
import { join } from "node:path";
import { type Command, Option } from "commander";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { parsePlatform } from "../../platform/parse_platform.ts";
import type { Platform } from "../../platform/platform.ts";
import { bundledFiles, DEFAULT_PLATFORM, PLATFORM_NAMES } from "../../platform/platforms.ts";
import { readmeOf } from "../../platform/readme.ts";
import { poolNamed } from "../../release/releases.ts";
import { makeFolders } from "../../toolchain/folders/make_folders.ts";
import { parseAlloc } from "../../xtest/parse.ts";
import { readInput } from "../inputs/read_input.ts";
import { describedJson } from "../outputs/described_json.ts";
import { writeReason } from "../outputs/file_reason.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { writeText } from "../outputs/write_file.ts";
import { readCaptured } from "../platform/captured_events.ts";
import { platformOf } from "../platform/captured_platform.ts";
import type { PlatformJson } from "../schemas/platform.ts";

interface Options {
  readonly output: string;
  readonly name: string;
  readonly optee: string;
  readonly board: string;
  readonly build: string;
  readonly cfg: string;
  readonly like: string;
  readonly bootUntil?: string;
  readonly alloc?: string;
  readonly json?: boolean;
}

/** Arguments, options and examples of `teemem platform`. */
export function declare(command: Command): void {
  command
    .argument("<capture>", "capture: make the folder of a platform")
    .argument("<events>", "what the plugin of QEMU wrote: docs/qemu_plugin.md")
    .requiredOption("-o, --output <folder>", "the folder to write")
    .requiredOption("--name <name>", "name of the platform")
    .requiredOption("--optee <version>", "the release that was recorded, like 4.10.0")
    .option("--board <platform>", "upstream's PLATFORM-FLAVOR", "vexpress-qemu_armv8a")
    .option("--build <text>", "which build it is, in a few words", "as it was recorded")
    .option("--cfg <switches>", "switches of the build that differ from upstream's", "CFG_WITH_STATS=y")
    .addOption(
      new Option("--like <platform>", "where to take what the recording does not have")
        .choices(PLATFORM_NAMES)
        .default(DEFAULT_PLATFORM),
    )
    .option("--boot-until <seconds>", "when the boot had ended; default: when the first TA is loaded")
    .option(
      "--alloc <file>",
      "output of 'xtest --stats --alloc' on the board after its boot: the core's physical memory",
    )
    .option("--json", "print what was measured as JSON: see 'teemem schema platform'")
    .addHelpText(
      "after",
      `
Record the boot and then a TA without libraries, last and alone:
  teemem device qemu --elf tee.elf -o plugin      then start QEMU with it
  xtest 4001                                      on the board
  teemem platform capture heap.events -o my_board --name my_board --optee 4.10.0
  teemem stats --profile ./my_board/              boots it

Its README.md says what was measured, and what is the other platform's.
`,
    );
}

/** Writes the folder. */
export async function run(words: readonly string[], options: Options, io: Io): Promise<CommandResult> {
  const [verb, path = "", ...more] = words;
  if (verb !== "capture" || more.length > 0) return err("say 'platform capture EVENTS -o FOLDER'");
  const like = bundledFiles(options.like);
  const platform = parsePlatform(like);
  if (!platform.ok) return platform;
  const seconds = options.bootUntil === undefined ? null : Number(options.bootUntil);
  if (seconds !== null && !(seconds > 0)) return err("--boot-until takes seconds, like 6.2");
  const text = await readAll(path, io);
  if (!text.ok) return text;
  const ram = options.alloc === undefined ? ok(null) : await readRam(options.alloc, platform.value, io);
  if (!ram.ok) return ram;
  const captured = readCaptured(text.value);
  if (!captured.ok) return err(`${printable(path)}: ${captured.error}`);
  const { name, optee: version, board, build, cfg: switches } = options;
  const told = { name, version, board, build, switches, ram: ram.value, bootUntil: seconds && seconds * 1e6 };
  const files = platformOf(captured.value, platform.value, told, like.get("loader.txt") ?? "");
  return files.ok ? write(files.value, options, io) : err(`${printable(path)}: ${files.error}`);
}

function write(files: ReadonlyMap<string, string>, { output: folder, json }: Options, io: Io): CommandResult {
  const platform = parsePlatform(files);
  if (!platform.ok) return platform;
  try {
    makeFolders(folder);
  } catch (error) {
    return err(`${printable(folder)}: ${writeReason(error)}`);
  }
  for (const [name, text] of [...files, ["README.md", readmeOf(platform.value)] as const]) {
    const problem = writeText(join(folder, name), text, "replace");
    if (problem !== null) return err(problem);
  }
  const { boot, load, unload, sites } = platform.value;
  const ends = [...sites.values()].flatMap(({ how, end }) => [how, ...(end === null ? [] : [end.how])]);
  const measured = ends.filter((how) => how === "measured").length;
  if (json === true) {
    const steps = { boot: boot.steps.length, load: load.steps.length, unload: unload.steps.length };
    io.out.writeData(describedJson<PlatformJson>()({ folder, ...steps, sites: ends.length, measured }));
    return ok(0);
  }
  io.out.write(
    shown`${printable(folder)}: ${boot.steps.length} operations of the boot, ${load.steps.length} of a load, ${unload.steps.length} of an unload; ${measured} of ${ends.length} call sites measured\n`,
  );
  return ok(0);
}

async function readAll(path: string, io: Io): Promise<Result<string>> {
  const bytes = await readInput(path, io.input);
  return bytes.ok ? ok(new TextDecoder().decode(bytes.value)) : bytes;
}

async function readRam(path: string, like: Platform, io: Io): Promise<Result<Platform["core"]["ram"]>> {
  const text = await readAll(path, io);
  if (!text.ok) return text;
  const pools = parseAlloc(text.value);
  if (!pools.ok) return err(`${printable(path)}: no output of 'xtest --stats --alloc'`);
  const pool = pools.value.find(({ name }) => poolNamed(name)?.role === "ta-memory");
  const size = Number(pool?.size ?? 0) - like.ta.ramSize;
  return ok(size > 0 ? { size, used: Number(pool?.allocated ?? 0) } : null);
}
