// `teemem inspect`: reads a raw memory dump.
import { type Command, InvalidArgumentError, Option } from "commander";
import { type DumpReport, inspectDump } from "../../analyze/dump/inspect.ts";
import { type Elf, isElf, readElf, stringAt } from "../../base/elf.ts";
import { printable, printableJson, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Pool } from "../../heap/walk.ts";
import { wordOfAbi } from "../../replay/variant.ts";
import { drawDump } from "../../view/terminal/dump_page.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { parseSize } from "../inputs/numbers.ts";
import { inputName } from "../inputs/open_input.ts";
import { inputProblem, readInput } from "../inputs/read_input.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { dumpJson } from "./inspect_json.ts";

interface InspectOptions {
  readonly abi?: string;
  readonly base?: number;
  readonly pool?: readonly GivenPool[];
  readonly mdbg?: boolean;
  readonly elf?: string;
  readonly shift?: number;
  readonly blocks?: boolean;
  readonly json?: boolean;
}

/** A pool by the address of its first byte. */
interface GivenPool {
  readonly address: number;
  /** Bytes; undefined: to the end of the dump. */
  readonly length: number | undefined;
}

/** A part of a dump that lies in one piece. */
interface Piece {
  readonly base: number | undefined;
  readonly bytes: Uint8Array;
}

const LARGEST_ADDRESS = 2 ** 52;

/** Options and examples of `teemem inspect`. */
export function declare(command: Command): void {
  command
    .argument("<dump>", "a raw memory dump, gzipped or not; - is standard input")
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
    .option("--elf <file>", "the program (tee.elf, or that of the TA), for the file names in leak headers")
    .option("--shift <address>", "the offset that ASLR added to the program's addresses", address)
    .option("--blocks", "list every block")
    .option("--json", "print everything as JSON")
    .addHelpText(
      "after",
      `
Opens the memory of a heap that ran elsewhere: an ELF core file (QEMU's
dump-guest-memory, gdb's gcore), or plain bytes read out by a debugger. Finds
the pools, walks and checks every block header, free-list link and leak header,
and draws the heap map. It names each damaged block and the block before it,
because damage usually comes from a write beyond the end of that block.

Examples:
  teemem inspect data/optee-4.0.0/core-heap.bin.gz --base 0xe1c53e0
  teemem inspect ta-heap.bin --abi arm --elf ta.elf --blocks

Exit code 1: something is damaged, or no heap was found.
`,
    );
}

/** Looks into a dump. */
export async function run(args: readonly string[], options: InspectOptions, io: Io): Promise<CommandResult> {
  const [path = "-"] = args;
  const problem = await inputProblem(options.elf === undefined ? [path] : [path, options.elf]);
  if (problem !== null) return err(problem);
  const bytes = await readInput(path, io.input);
  if (!bytes.ok) return bytes;
  const elf = await programOf(options.elf, io);
  if (!elf.ok) return elf;
  const pieces = piecesOf(bytes.value, options);
  if (!pieces.ok) return err(`${inputName(path)}: ${pieces.error}`);
  const reports: DumpReport[] = [];
  for (const piece of pieces.value) {
    const found = reportsOf(piece, elf.value, options);
    if (!found.ok) return err(`${inputName(path)}: ${found.error}`);
    for (const report of found.value) reports.push(report);
  }
  if (reports.length === 0) {
    io.err.write(shown`teemem: ${printable(inputName(path))}: no heap found; ${printable(advice(options))}\n`);
    return ok(1);
  }
  if (options.json === true) io.out.write(shown`${printableJson(reports.map(dumpJson), 2)}\n`);
  else
    for (const [n, report] of reports.entries()) {
      if (n > 0) io.out.write("\n");
      for (const line of drawDump(report, createPaint(io.out.colours), options.blocks === true))
        io.out.write(shown`${line}\n`);
      await io.out.drain();
    }
  return ok(reports.some(({ damage }) => damage.length > 0) ? 1 : 0);
}

function reportsOf({ base, bytes }: Piece, elf: Elf | null, options: InspectOptions): Result<DumpReport[]> {
  const pools = (options.pool ?? []).flatMap((given) => inPiece(given, base ?? 0, bytes.length));
  if (options.pool !== undefined && pools.length === 0) return ok([]);
  const word = options.abi === undefined ? undefined : (wordOfAbi(options.abi) ?? undefined);
  return inspectDump(bytes, {
    ...(word === undefined ? {} : { word }),
    ...(base === undefined ? {} : { base }),
    ...(pools.length === 0 ? {} : { pools }),
    ...(options.mdbg === undefined ? {} : { leakHeaders: options.mdbg }),
    ...(elf === null ? {} : { nameAt: (at: number) => stringAt(elf, at - (options.shift ?? 0)) }),
  });
}

/** Without --base an address is an offset in the dump. */
function inPiece({ address, length }: GivenPool, base: number, size: number): Pool[] {
  const at = address - base;
  const end = at + (length ?? size - at);
  return at >= 0 && end > at && end <= size ? [{ at, length: end - at }] : [];
}

async function programOf(path: string | undefined, io: Io): Promise<Result<Elf | null>> {
  if (path === undefined) return ok(null);
  const bytes = await readInput(path, io.input);
  if (!bytes.ok) return bytes;
  const elf = readElf(bytes.value);
  return elf.ok ? elf : err(`${inputName(path)}: ${elf.error}`);
}

function piecesOf(bytes: Uint8Array, { base }: InspectOptions): Result<Piece[]> {
  if (!isElf(bytes)) return ok([{ base, bytes }]);
  const elf = readElf(bytes);
  if (!elf.ok) return elf;
  if (base !== undefined) return err("an ELF file contains its addresses; leave out --base");
  if (!elf.value.core) return err("this is a program, not a memory dump; pass programs with --elf");
  // OP-TEE's memory is not among what lies higher, as Linux's own addresses do.
  const low = elf.value.segments.filter(({ address: from, bytes: part }) => from + part.length <= LARGEST_ADDRESS);
  if (low.length === 0)
    return err(
      elf.value.segments.length === 0
        ? "the ELF file contains no memory"
        : "the ELF file contains no memory below the address 2^52",
    );
  return ok(low.map(({ address: from, bytes: part }) => ({ base: from, bytes: part })));
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
