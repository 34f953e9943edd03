// Tests of slide.ts.
import { describe, expect, it } from "vitest";
import { type ProgramNames, slideOf } from "./slide.ts";

const PATHS = new Map([
  [0x1040, "core/mm/mm.c"],
  [0x1058, "core/kernel/thread.c"],
  [0x2040, "core/tee/fs.c"],
]);
const program: ProgramNames = { name: "tee.elf", paths: [...PATHS.keys()], at: (address) => PATHS.get(address) };
const other: ProgramNames = { name: "ta.elf", paths: [0x5123], at: (at) => (at === 0x5123 ? "ta/x.c" : undefined) };

describe("the slide of a program", () => {
  it.each([
    ["none", 0],
    ["some pages", 0x7000],
    ["a high address", 0xab9c0000],
    ["to a lower address", -0x1000],
  ])("is found: %s", (_, shift) =>
    expect(slideOf([0x1040 + shift, 0x1058 + shift], [other, program], undefined)).toEqual({
      program: "tee.elf",
      shift,
    }),
  );

  it("is the given one where that leads to names, else the found one", () => {
    expect(slideOf([0x8040, 0x8058], [program], 0x7000)).toEqual({ program: "tee.elf", shift: 0x7000 });
    expect(slideOf([0x8040, 0x8058], [program], 0x1000)).toEqual({ program: "tee.elf", shift: 0x7000 });
  });

  it.each([
    ["no address", []],
    ["addresses of no names", [0x9999, 0x8888]],
    ["one name that two shifts lead to", [0x8040]],
    ["names of which too few fit one shift", [0x8040, 0x9058, 0x8123]],
  ])("is unknown: %s", (_, addresses) => expect(slideOf(addresses, [program], undefined)).toBeNull());

  it("is found in spite of one damaged name", () =>
    expect(slideOf([0x8040, 0x8058, 0x9040, 0x1234567], [program], undefined)).toEqual({
      program: "tee.elf",
      shift: 0x7000,
    }));
});
