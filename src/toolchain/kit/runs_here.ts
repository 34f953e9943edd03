// Which layout this Node.js can run.
import type { Target } from "../call/target.ts";

/** A module with a memory of 64 bits and a table of 64 bits: what compilers make for wasm64. */
// biome-ignore format: one section on a line
const WASM64 = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  4, 4, 1, 0x70, 4, 0,
  5, 3, 1, 4, 1,
]);

/** 64 bits, as on the board, where they run; else 32. */
export function targetThatRuns(): Target {
  return WebAssembly.validate(WASM64) ? "wasm64" : "wasm32";
}
