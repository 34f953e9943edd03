// Tests of plan.ts and what it is made of, on a little program of a known source.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { planProgram, planText } from "./plan.ts";

const fixture = (name: string): Uint8Array =>
  gunzipSync(readFileSync(new URL(`../../../test/fixtures/qemu/${name}.elf.gz`, import.meta.url)));

/** The lines of a plan that begin with a word, without it. */
function linesOf(bytes: Uint8Array, word: string): string[] {
  const plan = planProgram(bytes, "image");
  if (!plan.ok) throw new Error(plan.error);
  return plan.value.lines.filter((line) => line.startsWith(`${word}\t`)).map((line) => line.slice(word.length + 1));
}

describe.each(["little-dwarf4", "little-dwarf5"])("%s", (name) => {
  const bytes = fixture(name);

  it("has its counter, its lock and its leak header where the source puts them", () => {
    // Addresses as nm and objdump of binutils say them.
    expect(linesOf(bytes, "counter")).toEqual(["e120008"]);
    expect(linesOf(bytes, "lock")).toEqual(["e120028"]);
    expect(linesOf(bytes, "leak")).toEqual(["18\t0\t8"]);
    expect(linesOf(bytes, "program")).toEqual(["core"]);
  });
  it("has the functions that begin an operation, with the meaning of each argument", () => {
    expect(linesOf(bytes, "entry").sort()).toEqual([
      "e100044\te10005c\tX\tgpans--",
      "e10005c\te100070\tA\t--as",
      "e100070\te10008c\tF\tp",
      "e10008c\te1000a8\tW\tp",
      "e1000a8\te1000b8\tP\tbe",
    ]);
    expect(linesOf(bytes, "code")).toEqual(["e100000\te1000c0"]);
  });
  it("has every call of them: plain, by a function that jumps there, through a pointer", () => {
    expect(linesOf(bytes, "site")).toEqual([
      "e1000e0\t_start\tcaller.c:23",
      "e100104\t_start\tcaller.c:24",
      "e10010c\t_start\tcaller.c:26",
      "e10011c\t_start\tcaller.c:27",
    ]);
  });
  it("never throws on a damaged file", () => {
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      planProgram(damaged, "image");
    }
    for (let end = 0; end < bytes.length; end += 101) planProgram(bytes.subarray(0, end), "image");
  });
});

describe("what cannot be recorded", () => {
  const bytes = fixture("little-dwarf5");
  const without = (text: string): Uint8Array => {
    const copy = Buffer.from(bytes);
    for (let at = copy.indexOf(text); at >= 0; at = copy.indexOf(text)) copy.write("x".repeat(text.length), at);
    return copy;
  };

  it.each([
    ["no ELF file", new Uint8Array(100), "not an ELF file"],
    ["a stripped one", without("malloc_ctx\0"), "it has no symbol malloc_ctx: take the ELF file that was not stripped"],
    [
      "one without counters",
      without("totalloc"),
      "its allocator keeps no counters: build OP-TEE with CFG_WITH_STATS=y (for a TA also CFG_TA_STATS=y)",
    ],
    [
      "one for another machine",
      Object.assign(bytes.slice(), { 18: 62 }),
      "not a 64-bit Arm program; 32-bit programs cannot be recorded yet",
    ],
  ])("%s", (_, wrong, error) => {
    expect(planProgram(wrong, "image")).toEqual({ ok: false, error });
  });
});

it("is a text with a head and an end", () => {
  expect(planText([])).toBe("teemem qemu plan 1\nend\n");
});
