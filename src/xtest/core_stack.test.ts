// Tests of core_stack.ts.
import { expect, test } from "vitest";
import { findCoreStacks } from "./core_stack.ts";

test("call stacks of the core, with their reason and load address", () => {
  const lines = [
    "E/TC:1 0 print_oom:185 Memory allocation failed: size 800 context 0x6e214088",
    "E/TC:1 0 TEE load address @ 0x6e15b000",
    "E/TC:1 0 Call stack:",
    "E/TC:1 0  0x6e1664e0",
    "E/TC:1 0  0x6e1e76cc",
    "D/TC:? 0 tee_ta_close_session:468 csess 0x6e22c9f0 id 1",
    "E/TC:0   Panic at core/arch/arm/kernel/thread.c:354 <check_stack_limits>",
    "E/TC:0   Call stack:",
    "E/TC:0    0x000000000e10b358",
    "E/LD:   0x801a5470",
  ];
  expect(findCoreStacks(lines)).toEqual([
    { line: 4, why: lines[0], load: 0x6e15b000, addresses: [0x6e1664e0, 0x6e1e76cc] },
    { line: 9, why: lines[6], load: 0x6e15b000, addresses: [0xe10b358] },
  ]);
  expect(findCoreStacks(["E/TC:1 0 Call stack:", "x"])).toEqual([]);
});
