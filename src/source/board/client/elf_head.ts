// What a program is made for, from the first bytes of its file.
import type { ProgramTarget } from "../../program.ts";

/** The head of an ELF file. */
export interface ElfHead extends ProgramTarget {
  /** The loader that it asks for; empty where it is linked statically. */
  readonly loader: string;
}

const MACHINES: ReadonlyMap<number, string> = new Map([
  [3, "i386"],
  [40, "arm"],
  [62, "x86_64"],
  [183, "aarch64"],
  [243, "riscv"],
]);
const PT_INTERP = 3;

/** Reads the head of a little-endian ELF file; null if it is none, or if its program headers are not in these bytes. */
export function readElfHead(bytes: Uint8Array): ElfHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 64 || view.getUint32(0) !== 0x7f454c46 || bytes[5] !== 1) return null;
  const word = bytes[4] === 2 ? 8 : 4;
  const number = (at: number): number => (word === 8 ? Number(view.getBigUint64(at, true)) : view.getUint32(at, true));
  const first = number(word === 8 ? 32 : 28);
  const size = view.getUint16(word === 8 ? 54 : 42, true);
  const count = view.getUint16(word === 8 ? 56 : 44, true);
  if (first + size * count > bytes.length || size < (word === 8 ? 56 : 32)) return null;
  let loader = "";
  for (let at = first; at < first + size * count; at += size) {
    if (view.getUint32(at, true) !== PT_INTERP) continue;
    const from = number(at + word);
    const text = bytes.subarray(from, from + number(at + 4 * word));
    loader = new TextDecoder("latin1").decode(text).split("\0", 1)[0] ?? "";
  }
  const libc = loader.includes("musl") ? "musl" : loader.includes("/ld-linux") ? "glibc" : "other";
  return { machine: MACHINES.get(view.getUint16(18, true)) ?? "unknown", word, libc, loader };
}
