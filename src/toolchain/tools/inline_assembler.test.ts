// Tests of inline_assembler.ts.
import { expect, test } from "vitest";
import { withTraps } from "./inline_assembler.ts";

test("an instruction becomes a trap; one that only orders memory becomes nothing", () => {
  const lines = [
    'tail call void asm sideeffect ".word 0x0", ""() #3',
    '%2 = call i64 asm sideeffect "mrs $0, cntvct_el0", "=r"() #3',
    'call void asm sideeffect "dmb ish", "~{memory}"() #3',
    'call void asm sideeffect "msr tpidr_el0, $0", "r"(i64 %1) #3',
    'call void asm sideeffect "", "~{memory}"() #3',
    '@text = constant [4 x i8] c"asm\\00"',
    '@text = constant [15 x i8] c"call asm \\22x\\22\\00"',
    'module asm "mov x0, x1"',
  ];
  expect(withTraps(lines.join("\n")).split("\n")).toEqual([
    'tail call void asm sideeffect "unreachable", ""() #3',
    '%2 = call i64 asm sideeffect "unreachable", "=r"() #3',
    'call void asm sideeffect "", "~{memory}"() #3',
    'call void asm sideeffect "", "r"(i64 %1) #3',
    'call void asm sideeffect "", "~{memory}"() #3',
    '@text = constant [4 x i8] c"asm\\00"',
    '@text = constant [15 x i8] c"call asm \\22x\\22\\00"',
    'module asm "mov x0, x1"',
  ]);
});
