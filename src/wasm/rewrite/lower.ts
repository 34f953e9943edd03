// Instructions on memories and tables with 64-bit addresses, for engines that have 32-bit ones alone. The module keeps its
// 64-bit pointers, and an address is cut where it is used: one beyond 4 GiB is taken for what its lower half says.
import { err, ok, type Result } from "../../base/result.ts";
import { lebAt, MORE, OPCODE } from "./instruction.ts";
import type { ModuleWriter } from "./module_writer.ts";
import { LOCAL, type Spare, WRAP, writeLocal } from "./spare_locals.ts";

/** What is done before or behind an instruction: bytes, or a spare local that is set or read. */
type Step = number | { readonly set: Spare } | { readonly get: Spare };

interface Lowering {
  readonly before?: readonly Step[];
  readonly behind?: readonly Step[];
}

const address: Lowering = { before: [WRAP] };
const answer: Lowering = { behind: [0xad] };
const nothing: Lowering = {};

const PLAIN: ReadonlyMap<number, Lowering> = new Map([
  [OPCODE.callIndirect, address],
  [OPCODE.returnCallIndirect, address],
  [OPCODE.tableGet, address],
  [OPCODE.memorySize, answer],
  [OPCODE.memoryGrow, { before: [WRAP], behind: [0xac] }],
]);

const rest: readonly Step[] = [{ set: "second" }, WRAP, { get: "second" }, { get: "i32" }];

const LONG: ReadonlyMap<number, Lowering> = new Map<number, Lowering>([
  [MORE.memoryInit, { before: [{ set: "i32" }, ...rest] }],
  [MORE.memoryCopy, { before: [WRAP, { set: "i32" }, WRAP, ...rest] }],
  [MORE.memoryFill, { before: [WRAP, { set: "i32" }, ...rest] }],
  [MORE.tableSize, answer],
]);

/** How the instruction at an offset is lowered; an error for what compilers of C do not make of plain C. */
export function loweringAt(bytes: Uint8Array, at: number): Result<Lowering> {
  const code = bytes[at] as number;
  if (code !== OPCODE.more) {
    const odd = code === OPCODE.tableSet || code === OPCODE.vector || code === OPCODE.atomic;
    return odd ? err(`instruction 0x${code.toString(16)}`) : ok(PLAIN.get(code) ?? nothing);
  }
  const more = lebAt(bytes, at + 1);
  if (more >= 12 && more !== 13 && more !== MORE.tableSize) return err(`instruction 0xfc ${more}`);
  return ok(LONG.get(more) ?? nothing);
}

/** Writes steps. `locals` is the index of the first spare local. */
export function writeSteps(out: ModuleWriter, steps: readonly Step[], locals: number): void {
  for (const step of steps) {
    if (typeof step === "number") out.u8(step);
    else if ("set" in step) writeLocal(out, LOCAL.set, locals, step.set);
    else writeLocal(out, LOCAL.get, locals, step.get);
  }
}
