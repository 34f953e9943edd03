// Locals that a function gets behind its own, for operands that have to step aside.
import type { ModuleWriter } from "./module_writer.ts";

const SPARES = ["i32", "second", "i64", "f32", "f64", "address"] as const;
export type Spare = (typeof SPARES)[number];

/** i32.wrap_i64. */
export const WRAP = 0xa7;

/** Codes of the instructions on locals. */
export const LOCAL = { get: 0x20, set: 0x21, tee: 0x22 } as const;

/** How many they are. */
export const SPARE_COUNT = SPARES.length;

/** Declares them. `wide`: an address has 64 bits. */
export function declareSpares(out: ModuleWriter, wide: boolean): void {
  for (const type of [0x7f, 0x7f, 0x7e, 0x7d, 0x7c, wide ? 0x7e : 0x7f]) out.u8(1, type);
}

/** An instruction on one of them; `first` is the index of the first. */
export function writeLocal(out: ModuleWriter, op: number, first: number, spare: Spare): void {
  out.u8(op);
  out.uleb(first + SPARES.indexOf(spare));
}
