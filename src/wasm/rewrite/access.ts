// Accesses to memory: addresses that are cut to 32 bits, and such at NULL, which trap as those beyond all memory do.
import { behindLeb, lebAt, OPCODE } from "./instruction.ts";
import type { ModuleWriter } from "./module_writer.ts";
import { LOCAL, type Spare, WRAP, writeLocal } from "./spare_locals.ts";

/** What is changed in accesses. */
export interface AccessChanges {
  /** Addresses of 64 bits become such of 32. */
  readonly lower: boolean;
  /** Nothing lies below this address. 0 for no check. */
  readonly low: number;
  /** Addresses have 64 bits, then. */
  readonly wide: boolean;
}

/** By the code of a store: what it stores. */
const STORED: readonly Spare[] = ["i32", "i64", "f32", "f64", "i32", "i32", "i64", "i64", "i64"];

/** True for a load or store that is changed. */
export function changesAccess(bytes: Uint8Array, at: number, { lower, low }: AccessChanges): boolean {
  const code = bytes[at] as number;
  if (code < OPCODE.firstLoad || code > OPCODE.lastStore) return false;
  return lower || lebAt(bytes, behindLeb(bytes, at + 1)) < low;
}

/** Writes the load or store at an offset; `locals` is the index of the first spare local. `mark` is called before what may trap. */
export function writeAccess(
  out: ModuleWriter,
  bytes: Uint8Array,
  at: number,
  locals: number,
  { lower, low, wide }: AccessChanges,
  mark: () => void,
): void {
  const code = bytes[at] as number;
  const behindAlignment = behindLeb(bytes, at + 1);
  const offset = lebAt(bytes, behindAlignment);
  const stored = STORED[code - OPCODE.firstStore];
  if (stored !== undefined) writeLocal(out, LOCAL.set, locals, stored);
  if (lower) out.u8(WRAP);
  if (offset < low) writeGuard(out, locals, low - offset, wide, mark);
  if (stored !== undefined) writeLocal(out, LOCAL.get, locals, stored);
  mark();
  out.copy(bytes, at, behindAlignment);
  out.uleb(lower ? Math.min(offset, 2 ** 32 - 1) : offset);
}

/** Reads beyond all memory where the address on the stack is below the bound. */
function writeGuard(out: ModuleWriter, locals: number, bound: number, wide: boolean, mark: () => void): void {
  const constant = wide ? 0x42 : 0x41;
  writeLocal(out, LOCAL.tee, locals, "address");
  out.u8(constant);
  out.sleb(bound);
  out.u8(wide ? 0x54 : 0x49, 0x04, 0x40, constant, 0x7f);
  mark();
  out.u8(0x2d, 0, 0, 0x1a, 0x0b);
  writeLocal(out, LOCAL.get, locals, "address");
}
