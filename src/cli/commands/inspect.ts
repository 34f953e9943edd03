// `teemem inspect`: reads a raw memory dump.
import { type Command, InvalidArgumentError, Option } from "commander";
import type { DumpReport } from "../../analyze/dump/dump_report.ts";
import { inspectDump } from "../../analyze/dump/inspect.ts";
import type { ProgramNames } from "../../analyze/dump/slide.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Pool } from "../../heap/walk.ts";
import { wordOfAbi } from "../../replay/variant.ts";
import { drawDeadHeaps } from "../../view/terminal/dead_heaps.ts";
import { drawDump } from "../../view/terminal/dump_page.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { noteProblem, writeNotes } from "../findings/note_sarif.ts";
import { parseSize } from "../inputs/numbers.ts";
import { inputProblem } from "../inputs/read_input.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { InspectJson } from "../schemas/inspect.ts";
import { allElfFiles } from "../systems/elf_files.ts";
import type { SystemOptions } from "../systems/setting.ts";
import { systemOptions } from "../systems/system_options.ts";
import { dumpInFile, dumpOfSource } from "./inspect_input.ts";
import { dumpJson } from "./inspect_json.ts";
import type { DumpPiece } from "./inspect_pieces.ts";
import { programsOf } from "./inspect_programs.ts";
import { damageNotes } from "./inspect_sarif.ts";

interface InspectOptions extends SystemOptions {
  readonly abi?: string;
  readonly base?: number;
  readonly pool?: readonly GivenPool[];
  readonly mdbg?: boolean;
  readonly elf?: readonly string[];
  readonly shift?: number;
  readonly blocks?: boolean;
  readonly json?: boolean;
  readonly sarif?: string;
}

/** A pool by the address of its first byte. */
interface GivenPool {
  readonly address: number;
  /** Bytes; undefined: to the end of the dump. */
  readonly length: number | undefined;
}

const LARGEST_ADDRESS = 2 ** 52;

/** Options and examples of `teemem inspect`. */
export function declare(command: Command): void {
  command
    .argument("[dump]", "a memory dump, raw or printed, gzipped or not; - is standard input")
    .option(
      "--base <address>",
      "address of the dump's first byte; default: found from the pool table or free list",
      address,
    )
    .option("--pool <address[+length]>", "address of a pool; default: found by search; may be repeated", pool)
    .addOption(
      new Option("--abi <abi>", "word size; default: the one that fits the dump best").choices([
        "lp64",
        "ilp32",
        "aarch64",
        "arm",
      ]),
    )
    .option("--mdbg", "payloads have leak headers; default: detected")
    .option("--no-mdbg", "payloads have no leak headers")
    .option(
      "--elf <file>",
      "a program (tee.elf, that of a TA) with the file names of call sites, or a name of boards.yaml; may be repeated",
      many,
    )
    .option("--shift <address>", "the offset that ASLR added to the program's addresses; default: found", address)
    .option("--blocks", "list every block")
    .option("--sarif <file>", "also write damage as SARIF 2.1.0; overwrites only an older log")
    .option("--json", "print everything as JSON: see 'teemem schema inspect'")
    .addHelpText(
      "after",
      `
Opens the memory of a heap that ran elsewhere: an ELF core file (QEMU's
dump-guest-memory, gdb's gcore), plain bytes read out by a debugger, or what
hexdump, xxd, od, gdb x/, U-Boot md or DHEXDUMP printed of them. Finds the
pools, walks and checks every block header, free-list link and leak header,
and draws the heap map. It names each damaged block and the block before it,
because damage usually comes from a write beyond the end of that block. In the
whole secure memory it finds every heap, live ones first. See docs/inspect.md.

Examples:
  teemem inspect demo:core-heap --base 0xe1c53e0
  teemem inspect ta-heap.bin --abi arm --elf ta.elf --blocks
  teemem inspect secure.bin --elf tee.elf --elf ta.elf
  teemem inspect --on qemu:4711
                                the memory of a machine that runs in QEMU

Exit code 1: something is damaged, or no heap was found.
`,
    );
  systemOptions(command, "on");
}

/** Looks into a dump, or into the memory of a system that runs. */
export async function run(args: readonly string[], given: InspectOptions, io: Io): Promise<CommandResult> {
  const [path] = args;
  const files = await allElfFiles(given.on, given.elf, process.env);
  if (!files.ok) return files;
  const options = { ...given, elf: files.value };
  if (path !== undefined && options.on !== undefined)
    return err("a dump and --on are two sources: leave out one of them");
  if (path === undefined && options.on === undefined) return err("name a dump, or with --on a system that runs");
  const problem = noteProblem(options.sarif, "inspect") ?? (await inputProblem([...args, ...options.elf]));
  if (problem !== null) return err(problem);
  const dump = path === undefined ? await dumpOfSource(options, io) : await dumpInFile(path, options.base, io);
  if (!dump.ok) return dump;
  const programs = await programsOf(options.elf, io);
  if (!programs.ok) return programs;
  const name = printable(dump.value.name);
  for (const note of dump.value.notes) io.err.write(shown`teemem: ${name}: ${printable(note)}\n`);
  const reports: DumpReport[] = [];
  for (const piece of dump.value.pieces) {
    const found = reportsOf(piece, programs.value, options);
    if (!found.ok) return err(`${name}: ${found.error}`);
    for (const report of found.value) reports.push(report);
  }
  if (reports.length === 0) {
    io.err.write(shown`teemem: ${name}: no heap found; ${printable(advice(options))}\n`);
    return ok(1);
  }
  if (options.json === true) io.out.writeData(describedJson<InspectJson>()(reports.map(dumpJson), 2));
  else await writePages(reports, options, io);
  const notes = reports.filter(({ state }) => state !== "dead").flatMap(damageNotes);
  const { sarif } = options;
  const lost = writeNotes({ sarif, command: "inspect", notes, folders: ["."], file: path ?? "" });
  if (lost !== null) return err(lost);
  return ok(reports.some(({ state, damage }) => state !== "dead" && damage.length > 0) ? 1 : 0);
}

async function writePages(reports: readonly DumpReport[], options: InspectOptions, io: Io): Promise<void> {
  const paint = createPaint(io.out);
  const asked = { everyBlock: options.blocks === true, programs: options.elf ?? [], shift: options.shift };
  const dead = reports.filter(({ state }) => state === "dead");
  const pages = reports.filter(({ state }) => state !== "dead").map((report) => () => drawDump(report, paint, asked));
  if (dead.length > 0) pages.push(() => drawDeadHeaps(dead, paint));
  for (const [n, draw] of pages.entries()) {
    if (n > 0) io.out.write("\n");
    for (const line of draw()) io.out.write(shown`${line}\n`);
    await io.out.drain();
  }
}

function reportsOf(piece: DumpPiece, programs: readonly ProgramNames[], options: InspectOptions): Result<DumpReport[]> {
  const { base, bytes, gaps, turned } = piece;
  const pools = (options.pool ?? []).flatMap((given) => inPiece(given, base ?? 0, bytes.length));
  if (options.pool !== undefined && pools.length === 0) return ok([]);
  const word = options.abi === undefined ? undefined : (wordOfAbi(options.abi) ?? undefined);
  const known = {
    ...(word === undefined ? {} : { word }),
    ...(base === undefined ? {} : { base }),
    ...(pools.length === 0 ? {} : { pools }),
    ...(options.mdbg === undefined ? {} : { leakHeaders: options.mdbg }),
    ...(options.shift === undefined ? {} : { shift: options.shift }),
    programs,
    gaps,
  };
  const found = inspectDump(bytes, known);
  return turned === undefined || !found.ok || found.value.length > 0 ? found : inspectDump(turned, known);
}

/** Without --base an address is an offset in the dump. */
function inPiece({ address, length }: GivenPool, base: number, size: number): Pool[] {
  const at = address - base;
  const end = at + (length ?? size - at);
  return at >= 0 && end > at && end <= size ? [{ at, length: end - at }] : [];
}

function advice({ pool: pools, base, abi }: InspectOptions): string {
  if (pools !== undefined)
    return base === undefined
      ? "--pool needs --base, because its address counts from there"
      : "the address of --pool is outside the dump";
  return abi === undefined
    ? "give its address with --base and --pool"
    : "try without --abi, or give its address with --base and --pool";
}

function many(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function address(text: string): number {
  const size = parseSize(text);
  if (!size.ok || size.value > LARGEST_ADDRESS) throw new InvalidArgumentError("Expected an address like 0xe1c53e0.");
  return size.value;
}

function pool(text: string, before: readonly GivenPool[] = []): GivenPool[] {
  const [from = "", length] = text.split("+");
  const at = parseSize(from);
  const size = length === undefined ? ok(undefined) : parseSize(length);
  if (!at.ok || !size.ok || at.value > LARGEST_ADDRESS || size.value === 0)
    throw new InvalidArgumentError("Expected an address and, if known, a length, like 0xe1c53e0+68640.");
  return [...before, { address: at.value, length: size.value }];
}
