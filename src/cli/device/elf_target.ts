// What a program file was made for: the machine, its word, and its C library, from the head of an ELF file.
import { closeSync, openSync, readSync } from "node:fs";
import type { ProgramTarget } from "../../source/program.ts";

/** A program file. */
export interface ElfTarget extends ProgramTarget {
  /** Linked statically: it loads no library. */
  readonly isStatic: boolean;
}

/** Bytes in which the program header and the name of the loader lie. */
const HEAD_BYTES = 4096;
const MACHINES: Readonly<Record<number, string>> = { 3: "i386", 40: "arm", 62: "x86_64", 183: "aarch64", 243: "riscv" };
const PT_DYNAMIC = 2;
const PT_INTERP = 3;

/** Null of what is no ELF file that can be read. */
export function elfTarget(path: string): ElfTarget | null {
  const bytes = headOf(path);
  if (bytes === null || bytes.length < 64 || bytes.readUInt32BE(0) !== 0x7f454c46) return null;
  const wide = bytes[4] === 2;
  // All machines of interest are little endian.
  if (bytes[5] !== 1) return null;
  const headers = programHeaders(bytes, wide);
  const loader = headers.find(({ type }) => type === PT_INTERP);
  const name =
    loader === undefined ? "" : bytes.subarray(loader.offset, loader.offset + loader.size).toString("latin1");
  const machine = bytes.readUInt16LE(18);
  return {
    machine: MACHINES[machine] ?? `machine-${machine}`,
    word: wide ? 8 : 4,
    libc: name.includes("musl") ? "musl" : "glibc",
    isStatic: !headers.some(({ type }) => type === PT_DYNAMIC || type === PT_INTERP),
  };
}

interface ProgramHeader {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
}

function programHeaders(bytes: Buffer, wide: boolean): ProgramHeader[] {
  const from = wide ? Number(bytes.readBigUInt64LE(32)) : bytes.readUInt32LE(28);
  const [each, count] = wide
    ? [bytes.readUInt16LE(54), bytes.readUInt16LE(56)]
    : [bytes.readUInt16LE(42), bytes.readUInt16LE(44)];
  const headers: ProgramHeader[] = [];
  for (let n = 0; n < count && from + (n + 1) * each <= bytes.length; n++) {
    const at = from + n * each;
    headers.push({
      type: bytes.readUInt32LE(at),
      offset: wide ? Number(bytes.readBigUInt64LE(at + 8)) : bytes.readUInt32LE(at + 4),
      size: wide ? Number(bytes.readBigUInt64LE(at + 32)) : bytes.readUInt32LE(at + 16),
    });
  }
  return headers;
}

function headOf(path: string): Buffer | null {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(HEAD_BYTES);
      return bytes.subarray(0, readSync(file, bytes, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
