// Tests of turns.ts, on code that is written here: encodings of the Arm ARM, C6.2.
import { expect, it } from "vitest";
import type { ElfFile } from "../../debug_info/elf_file.ts";
import { backsOf, findTurns } from "./turns.ts";

const [NOP, RET, BLR] = [0xd503201f, 0xd65f03c0, 0xd63f0000];
/** B and BL, from word to word. */
const jump = (from: number, to: number, link: boolean): number =>
  ((link ? 0x94000000 : 0x14000000) | ((to - from) & 0x3ffffff)) >>> 0;

/** A program from the address 0x1000 on; each function is a word number. */
function program(words: readonly number[], functions: Readonly<Record<string, number>>): ElfFile {
  const code = new Uint8Array(Uint32Array.from(words).buffer);
  return {
    word: 8,
    machine: 183,
    sections: [{ name: ".text", address: 0x1000, size: code.length, code: true, loaded: true, bytes: code }],
    symbols: Object.entries(functions).map(([name, at]) => ({
      ...{ name, address: 0x1000 + 4 * at, size: 4, func: true, global: true },
    })),
  };
}

it("finds the functions by which a TA is entered, and what they are given", () => {
  const elf = program([RET, RET, RET], { TA_CreateEntryPoint: 0, TA_InvokeCommandEntryPoint: 1, other: 2 });
  expect(findTurns(elf)).toEqual([
    { address: 0x1000, name: "create", command: -1, coded: true },
    { address: 0x1004, name: "invoke", command: 1, coded: true },
  ]);
  const closes = program([RET], { TA_CloseSessionEntryPoint: 0 });
  expect(findTurns(closes)).toEqual([{ address: 0x1000, name: "close", command: -1, coded: false }]);
});

it("finds where their calls return to: plain ones, by a function that jumps there, perhaps through a pointer", () => {
  const elf = program([RET, jump(1, 0, true), NOP, jump(3, 0, false), jump(4, 3, true), BLR, jump(6, 2, true)], {
    TA_DestroyEntryPoint: 0,
    plain: 1,
    other: 2,
    jumps: 3,
    through: 4,
  });
  expect(backsOf(elf, findTurns(elf))).toEqual([0x1008, 0x1014, 0x1018]);
  expect(backsOf(elf, [])).toEqual([]);
});
