// Tests of what is made of a module before it runs.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureBytes } from "../../../test/support/wasm.ts";
import { createCursor } from "../../debug_info/cursor.ts";
import { readModuleSections, SECTION } from "../format/sections.ts";
import { entriesOf, readLimits } from "../format/types.ts";
import { behindInstruction, behindLeb, lebAt, OPCODE } from "./instruction.ts";
import { createModuleWriter } from "./module_writer.ts";
import { rewriteModule } from "./rewrite_module.ts";

const CALL = 0x10;

/** Offsets of the instructions of one code, in the order of the file. */
function instructions(bytes: Uint8Array, code: number): number[] {
  const { cursor, count } = entriesOf(bytes, sectionsOf(bytes), SECTION.code);
  const found: number[] = [];
  for (let n = 0; n < count; n++) {
    const to = cursor.uleb() + cursor.at;
    let at = behindLeb(bytes, cursor.at);
    for (let groups = lebAt(bytes, cursor.at); groups > 0 && at < to; groups--) at = behindLeb(bytes, at) + 1;
    for (; at < to; at = behindInstruction(bytes, at)) if (bytes[at] === code) found.push(at);
    expect(at).toBe(to);
    cursor.at = to;
  }
  return found;
}

function sectionsOf(bytes: Uint8Array) {
  const sections = readModuleSections(bytes);
  if (!sections.ok) throw new Error(sections.error);
  return sections.value;
}

describe.each([
  ["probe.wasm64", false],
  ["probe.wasm64", true],
  ["probe.wasm32", false],
] as const)("%s, lowered: %s", (name, lower) => {
  const bytes = fixtureBytes(name);
  const made = rewriteModule(bytes, sectionsOf(bytes), { pages: 7, lower });
  if (!made.ok) throw new Error(made.error);
  const { bytes: now, original, tickSlot } = made.value;

  it("knows where each instruction stood", () => {
    for (const code of [CALL, OPCODE.loop, 0x00, 0x36, 0x28]) {
      const before = instructions(bytes, code);
      expect(before.length, `instructions 0x${code.toString(16)}`).toBeGreaterThan(0);
      expect(instructions(now, code).map(original)).toEqual(before);
    }
  });

  it("gives memory its last size, and the table a place more", () => {
    const limits = (of: Uint8Array, id: number, skip: number): ReturnType<typeof readLimits> => {
      const { cursor } = entriesOf(of, sectionsOf(of), id);
      cursor.at += skip;
      return readLimits(cursor);
    };
    const before = limits(bytes, SECTION.memory, 0);
    const wide = name.endsWith("64") && !lower ? 4 : 0;
    expect(limits(now, SECTION.memory, 0)).toEqual({ flags: wide | 1, min: before.min + 7, max: before.min + 7 });
    expect(limits(now, SECTION.table, 1)).toEqual({ flags: wide, min: tickSlot + 1, max: -1 });
  });

  it("counts at the head of each loop, and knows which one", () => {
    const calls = instructions(now, OPCODE.callIndirect).map(original);
    const before = [...instructions(bytes, OPCODE.callIndirect), ...instructions(bytes, OPCODE.loop)];
    expect(calls).toEqual(before.sort((a, b) => a - b));
  });
});

it("writes numbers as they are read", () => {
  fc.assert(
    fc.property(
      fc.maxSafeInteger().map((value) => Math.trunc(value / 2 ** 8) + 0),
      (value) => {
        const out = createModuleWriter(1);
        out.sleb(value);
        out.uleb(Math.abs(value));
        const cursor = createCursor(out.take());
        expect([cursor.sleb(), cursor.uleb(), cursor.at]).toEqual([value, Math.abs(value), out.length]);
      },
    ),
  );
});

it("refuses what is no module, and one without a table", () => {
  expect(readModuleSections(Uint8Array.of(1, 2, 3)).ok).toBe(false);
  expect(rewriteModule(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), [], { pages: 0, lower: false })).toEqual({
    ok: false,
    error: "the module has no table of functions",
  });
});
