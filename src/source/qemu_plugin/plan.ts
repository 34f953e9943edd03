// The plan that tells the QEMU plugin what to look for in a program: device/qemu/plan.c reads it.
import { uuidOfProgram } from "../../abi/ta_head.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { type ElfFile, readElfFile } from "../../debug_info/elf_file.ts";
import { findAllocator } from "./allocator.ts";
import { findCalls } from "./call_sites.ts";
import { backsOf, findTurns } from "./turns.ts";

/** A program that is to be recorded. */
export interface PlannedProgram {
  /** Name of its heap: `core`, `ldelf`, `ta-UUID`. */
  readonly heap: string;
  /** Lines of the plan. */
  readonly lines: readonly string[];
  /** Its loaded bytes, from the lowest link address on. */
  readonly image: Uint8Array;
  /** Calls of its allocator. */
  readonly calls: number;
}

const AARCH64 = 183;
const MOST = 2 ** 27;
const HEAD = "teemem qemu plan 1";

/** Plans a program. `file` is the name of its image beside the plan. The error says why it cannot be recorded. */
export function planProgram(bytes: Uint8Array, file: string): Result<PlannedProgram> {
  const read = readElfFile(bytes);
  if (!read.ok) return read;
  const elf = read.value;
  if (elf.machine !== AARCH64) return err("not a 64-bit Arm program; 32-bit programs cannot be recorded yet");
  const allocator = findAllocator(elf);
  if (!allocator.ok) return allocator;
  const { counter, lock, leak, code, entries } = allocator.value;
  const image = imageOf(elf);
  if (image === undefined) return err("its loaded parts lie too far apart");
  const heap = heapOf(elf, lock !== undefined);
  const turns = heap.startsWith("ta-") ? findTurns(elf) : [];
  const addresses = entries.map(({ from }) => from);
  const calls = findCalls(elf, addresses, code);
  const lines = [
    `program\t${heap}`,
    `base\t${hex(image.base)}\t${file}`,
    `counter\t${hex(counter)}`,
    ...(lock === undefined ? [] : [`lock\t${hex(lock)}`]),
    ...(leak === undefined ? [] : [`leak\t${hex(leak.size)}\t${hex(leak.name)}\t${hex(leak.line)}`]),
    ...code.map(({ from, to }) => `code\t${hex(from)}\t${hex(to)}`),
    ...entries.map(({ from, to, kind, roles }) => `entry\t${hex(from)}\t${hex(to)}\t${kind}\t${roles}`),
    ...turns.map(({ address, name, command, coded }) => `turn\t${hex(address)}\t${name}\t${command}\t${coded ? 1 : 0}`),
    ...backsOf(elf, turns).map((address) => `back\t${hex(address)}`),
    ...calls.map(({ address, func, place }) => `site\t${hex(address)}\t${func}\t${place}`),
  ];
  return ok({ heap, lines, image: image.bytes, calls: calls.length });
}

/** The text of a plan for several programs. */
export function planText(programs: readonly PlannedProgram[]): string {
  return [HEAD, ...programs.flatMap(({ lines }) => lines), "end", ""].join("\n");
}

function hex(value: number): string {
  return value.toString(16);
}

function imageOf({ sections }: ElfFile): { base: number; bytes: Uint8Array } | undefined {
  const loaded = sections.filter((section) => section.loaded);
  const base = Math.min(...loaded.map(({ address }) => address));
  const end = Math.max(...loaded.map(({ address, bytes }) => address + bytes.length));
  if (!(end - base < MOST)) return undefined;
  const bytes = new Uint8Array(end - base);
  for (const section of loaded) bytes.set(section.bytes, section.address - base);
  return { base, bytes };
}

/** A TA begins with its UUID; the loader has no head and no lock. */
function heapOf({ sections }: ElfFile, locked: boolean): string {
  if (locked) return "core";
  const uuid = uuidOfProgram(sections);
  return uuid === undefined ? "ldelf" : `ta-${uuid}`;
}
