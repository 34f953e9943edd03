// Names of what the compiler laid out: global variables by their descriptors, variables on the stack by their frame's.
import type { CMemory } from "../instance/memory.ts";
import { GRANULE, POISON, type Shadow } from "../instance/shadow.ts";

/** A variable of C. */
export interface Variable {
  readonly name: string;
  readonly at: number;
  readonly size: number;
}

/** Words of struct __asan_global of LLVM 16 to 22: address, size, size with what is behind it, name, and four more. */
const GLOBAL_WORDS = 8;

/** Closes what lies behind each of the global variables that a list of descriptors has. */
export function closeGlobals(memory: CMemory, shadow: Shadow, list: number, count: number): void {
  const { word } = memory;
  for (let entry = list; entry < list + count * GLOBAL_WORDS * word; entry += GLOBAL_WORDS * word) {
    const [at, size, whole] = [memory.size(entry), memory.size(entry + word), memory.size(entry + 2 * word)] as const;
    shadow.poison(at + size, whole - size, POISON.global);
  }
}

/** The global variables of such a list. */
export function readGlobals(memory: CMemory, list: number, count: number): Variable[] {
  const { word } = memory;
  return Array.from({ length: count }, (_, n) => {
    const entry = list + n * GLOBAL_WORDS * word;
    const name = memory.text(memory.size(entry + 3 * word));
    return { at: memory.size(entry), size: memory.size(entry + word), name };
  });
}

/** What a frame begins with: kCurrentStackFrameMagic of LLVM's AddressSanitizer. */
const FRAME_MAGIC = 0x41b58ab3;

/** Bytes from a variable to the beginning of its frame, at most. */
const LARGEST_FRAME = 1 << 16;

/** The variable of a frame that lies at an address or next to it; null where no frame tells. */
export function stackVariable(memory: CMemory, shadow: Shadow, address: number): Variable | null {
  let base = shadow.before(address, [POISON.stackLeft], LARGEST_FRAME);
  if (base < 0) return null;
  while (shadow.codeAt(base - GRANULE) === POISON.stackLeft) base -= GRANULE;
  if (memory.size(base) !== FRAME_MAGIC) return null;
  const all = readFrame(memory.text(memory.size(base + memory.word)), base);
  const distance = ({ at, size }: Variable): number =>
    address < at ? at - address : Math.max(0, address - at - size + 1);
  return all.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** `2 32 10 1 a 64 4 5 b:12`: how many, then offset, size, length of the name and the name, which may end in its line. */
function readFrame(text: string, base: number): Variable[] {
  const [count = "0"] = text.split(" ", 1);
  const variables: Variable[] = [];
  let rest = text.slice(count.length + 1);
  for (let n = 0; n < Number(count); n++) {
    const [offset = "", size = "", length = ""] = rest.split(" ", 3);
    const from = offset.length + size.length + length.length + 3;
    // What follows the name in C: its line, and a mark of the compiler for inlined functions.
    const [name = ""] = rest.slice(from, from + Number(length)).split(/[.:]/, 1);
    variables.push({ at: base + Number(offset), size: Number(size), name });
    rest = rest.slice(from + Number(length) + 1);
  }
  return variables;
}
