// `teemem device`: the parts in C that run on a board or beside it: what they are for, and how they are built.
import type { Command } from "commander";
import { type Printable, printable, printableLines, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { wrapLines } from "../../view/terminal/wrap.ts";
import { compilePart } from "../device/compile.ts";
import { LIBTEEC } from "../device/libteec.ts";
import { type DevicePart, type PartOptions, sourcePath } from "../device/part.ts";
import { PRELOAD } from "../device/preload.ts";
import { QEMU } from "../device/qemu.ts";
import { TA_CLIENT, TA_OBJECT } from "../device/ta.ts";
import { blocksText } from "../outputs/blocks_text.ts";
import { describedJson } from "../outputs/described_json.ts";
import { suggest } from "../outputs/nearest.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { DeviceBuildJson, DevicePartJson, DevicePartsJson } from "../schemas/device.ts";

/** Every part, by the name that `teemem device` takes. */
const PARTS: Readonly<Record<string, DevicePart>> = {
  preload: PRELOAD,
  ta: TA_OBJECT,
  "ta-client": TA_CLIENT,
  qemu: QEMU,
  libteec: LIBTEEC,
};

interface Options extends PartOptions {
  readonly cc?: string;
  readonly output?: string;
  readonly json?: boolean;
}

/** Arguments, options and examples of `teemem device`. */
export function declare(command: Command): void {
  command
    .argument("[part...]", "the part to explain; build PART compiles it; default: list the parts")
    .option("--cc <compiler>", "the compiler to build with, for example aarch64-linux-gnu-gcc; default: $CC, else cc")
    .option("-o, --output <folder>", "the folder for what is built; default: the current one")
    .option("--json", "print the parts, one, or what was built as JSON: see 'teemem schema device'")
    .option("--elf <file>", "qemu: OP-TEE's tee.elf, for call sites; or a name of boards.yaml")
    .option("--ta-elf <file...>", "qemu: TAs to record as well; or a name of boards.yaml")
    .addHelpText(
      "after",
      `
Parts:
${Object.entries(PARTS)
  .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  .join("\n")}

What each prints ends with the folder of its source.

Examples:
  teemem device libteec   what it does, how it is built and used
  teemem device build preload --cc aarch64-linux-gnu-gcc -o /tmp
  teemem device qemu --elf tee.elf -o plugin
`,
    );
}

/** Lists the parts, explains one, or builds one. */
export async function run(words: readonly string[], options: Options, io: Io): Promise<CommandResult> {
  const [first, ...rest] = words;
  const paint = createPaint(io.out);
  if (first === undefined && options.json === true) {
    const parts = Object.entries(PARTS).map(([name, part]) => partJson(name, part));
    io.out.writeData(describedJson<DevicePartsJson>()({ parts }, 2));
    return ok(0);
  }
  if (first === undefined) {
    io.out.write(blocksText(Object.entries(PARTS).map(([name, part]) => row(name, part, paint))));
    return ok(0);
  }
  const names = first === "build" ? rest : words;
  if (names.length > 1) return err("one part at a time");
  const part = partOf(names[0]);
  if (!part.ok) return part;
  const told = options.elf !== undefined || options.taElf !== undefined;
  if (told && part.value !== QEMU) return err("--elf and --ta-elf are for the part qemu");
  const asked = first === "build" || (part.value.build?.host === true && (told || options.output !== undefined));
  if (asked) return build(part.value, options, io);
  if (options.json !== true) return explain(part.value, paint, io);
  io.out.writeData(describedJson<DevicePartJson>()(partJson(names[0] ?? "", part.value), 2));
  return ok(0);
}

function partOf(name: string | undefined): Result<DevicePart> {
  const names = Object.keys(PARTS);
  const part = name !== undefined && Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (part !== undefined) return ok(part);
  if (name === undefined) return err(`which part? One of ${names.join(", ")}`);
  return err(`unknown part '${printable(name)}'${suggest(name, names) || `; the parts are ${names.join(", ")}`}`);
}

function row(name: string, { summary }: DevicePart, paint: Paint): Printable[] {
  return [shown`${paint.bold(printable(name))}  ${printable(summary)}`];
}

function partJson(name: string, part: DevicePart) {
  const { summary, explanation, build: compiled } = part;
  return { name, summary, explanation, source: sourcePath(part), builds: compiled !== undefined };
}

function explain(part: DevicePart, paint: Paint, io: Io): CommandResult {
  const text = part.explanation.map((one) => (one.startsWith(" ") ? [printable(one)] : wrapLines(one, paint)));
  const where = shown`Source: ${printable(sourcePath(part))}`;
  io.out.write(blocksText([[paint.bold(printable(part.summary))], ...text, [where]]));
  return ok(0);
}

async function build(part: DevicePart, options: Options, io: Io): Promise<CommandResult> {
  const { cc, output: folder = "." } = options;
  if (part.build === undefined) return err("this part is built in another way: 'teemem device' and its name say how");
  const own = part.build.host ? undefined : process.env.CC;
  const built = compilePart({ ...part, build: part.build }, cc ?? own ?? "cc", folder);
  if (!built.ok) {
    io.err.write(shown`teemem: ${printable(built.error)}\n`);
    if (options.json === true)
      io.out.writeData(describedJson<DeviceBuildJson>()({ file: null, error: built.error }, 2));
    return ok(1);
  }
  const { file, warnings } = built.value;
  if (warnings !== "") io.err.write(printableLines(warnings));
  const lines = (await part.complete?.({ file, folder }, options, io)) ?? ok([]);
  if (!lines.ok) return lines;
  if (options.json === true) {
    io.out.writeData(describedJson<DeviceBuildJson>()({ file, warnings, usage: lines.value }, 2));
    return ok(0);
  }
  for (const line of [file, ...lines.value]) io.out.write(shown`${printable(line)}\n`);
  return ok(0);
}
