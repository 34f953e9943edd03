// Finds the calls of the allocator in a program's AArch64 code: where each returns to, and its file and line.
import { countLeading } from "../../base/bisect.ts";
import type { ElfFile, ElfSymbol } from "../../debug_info/elf_file.ts";
import { readLines } from "../../debug_info/lines.ts";
import type { Span } from "./allocator.ts";

/** A call. */
interface CallSite {
  /** Link address of the instruction behind it. */
  readonly address: number;
  /** Function that calls; empty if the program does not say. */
  readonly func: string;
  /** `file:line`, or its address. */
  readonly place: string;
}

/** All calls of the functions that begin at the entries; calls through pointers as well, because they may lead there. */
export function findCalls(elf: ElfFile, entries: readonly number[], own: readonly Span[]): CallSite[] {
  const lineOf = readLines(elf);
  const functions = elf.symbols.filter(({ func, size }) => func && size > 0).sort((a, b) => a.address - b.address);
  const within = (address: number): boolean => own.some(({ from, to }) => address >= from && address < to);
  const functionAt = (address: number): ElfSymbol | undefined => {
    const found = functions[countLeading(functions.length, (n) => (functions[n] as ElfSymbol).address <= address) - 1];
    return found !== undefined && address < found.address + found.size ? found : undefined;
  };
  const branches = [...branchesOf(elf)];
  const targets = new Set(entries);
  // A function that ends with a jump to an entry hands its caller on.
  for (let before = -1; before !== targets.size; ) {
    before = targets.size;
    for (const { at, to, link } of branches) {
      const from = link || !targets.has(to) || within(at) ? undefined : functionAt(at);
      if (from !== undefined && from !== functionAt(to)) targets.add(from.address);
    }
  }
  return branches
    .filter(({ at, to, link }) => link && (to < 0 || targets.has(to)) && !within(at))
    .map(({ at }) => ({
      address: at + 4,
      func: functionAt(at)?.name ?? "",
      place: lineOf(at) || `0x${at.toString(16)}`,
    }));
}

interface Branch {
  readonly at: number;
  /** -1 if a register holds it. */
  readonly to: number;
  /** It comes back. */
  readonly link: boolean;
}

/** Every branch without a condition, in the order of addresses. */
function* branchesOf({ sections }: ElfFile): Generator<Branch> {
  for (const { code, loaded, address, bytes } of sections.toSorted((a, b) => a.address - b.address)) {
    if (!code || !loaded) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let n = 0; n + 4 <= bytes.length; n += 4) {
      const word = view.getUint32(n, true);
      const at = address + n;
      // B and BL: a signed distance in words. BLR, and its forms that check the pointer.
      if ((word & 0x7c000000) === 0x14000000) yield { at, to: at + ((word << 6) >> 4), link: word >>> 31 === 1 };
      else if ((word & 0xfefff000) >>> 0 === 0xd63f0000) yield { at, to: -1, link: true };
    }
  }
}
