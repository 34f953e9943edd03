// Tests of device/qemu/store.c, compiled for this machine: what each store of AArch64 is said to have written.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { needPrograms } from "../../../test/support/needs.ts";

const SOURCE = fileURLToPath(new URL("../../../device/qemu", import.meta.url));
// Register n holds n * 0x100000001, and the stack pointer 0x8000; `info` is the size as a power of two.
const MAIN = `
#include "store.h"
#include <stdio.h>
#include <stdlib.h>
uint64_t register_value(const struct registers *regs, unsigned int n) { (void)regs; return n == SP ? 0x8000 : n * 0x100000001ull; }
unsigned int qemu_plugin_mem_size_shift(mem_info info) { return info; }
int main(int argc, char **argv)
{
	struct stored s[2];
	uint32_t insn = strtoul(argv[1], 0, 16);
	unsigned int n, count = stored_values(0, insn, strtoul(argv[2], 0, 0), strtoull(argv[3], 0, 16), s);
	(void)argc;
	printf("%d", stores_to_heap(insn));
	for (n = 0; n < count; n++)
		printf(" %llx=%llx/%u", (unsigned long long)s[n].address, (unsigned long long)s[n].value, s[n].bytes);
	return 0;
}`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-store-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Instruction words as the assembler of binutils makes them. */
it("reads off every form of store what it wrote, and no other instruction", (context) => {
  needPrograms(context, "gcc, libc6-dev", "gcc");
  const main = join(folder, "main.c");
  const program = join(folder, "program");
  writeFileSync(main, MAIN);
  const built = spawnSync("gcc", ["-I", SOURCE, "-o", program, main, join(SOURCE, "store.c")], { encoding: "utf8" });
  expect([built.stderr, built.status]).toEqual(["", 0]);
  const cases: [string, string, number, string, string][] = [
    ["str x1, [x0, #32]", "f9001001", 3, "120", "1 120=100000001/8"],
    ["str w2, [x0, #4]", "b9000402", 2, "104", "1 104=2/4"],
    ["strh w3, [x0, #8]", "79001003", 1, "108", "1 108=3/2"],
    ["str xzr, [x0]", "f900001f", 3, "100", "1 100=0/8"],
    ["stur x4, [x0, #-8]", "f81f8004", 3, "f8", "1 f8=400000004/8"],
    ["str x5, [x0, x1]", "f8216805", 3, "100", "1 100=500000005/8"],
    ["stlr wzr, [x0]", "889ffc1f", 2, "100", "1 100=0/4"],
    ["stp x1, x2, [x0, #16] as one store", "a9010801", 4, "110", "1 110=100000001/8 118=200000002/8"],
    ["stp x1, x2, [x3, #16], its first half", "a9010861", 3, "300000013", "1 300000013=100000001/8"],
    ["stp x1, x2, [x3, #16], its second half", "a9010861", 3, "30000001b", "1 30000001b=200000002/8"],
    ["str x1, [sp, #8]", "f90007e1", 3, "8008", "0 8008=100000001/8"],
    ["ldr x1, [x0, #32]", "f9401001", 3, "120", "0"],
    ["ldp x1, x2, [x0, #16]", "a9410801", 4, "110", "0"],
    ["stxr w1, x2, [x0]", "c8017c02", 3, "100", "0"],
    ["str q0, [x0]", "3d800000", 4, "100", "0"],
    ["add x0, x0, #1", "91000400", 3, "100", "0"],
  ];
  for (const [text, insn, size, at, wanted] of cases) {
    const ran = spawnSync(program, [insn, String(size), at], { encoding: "utf8" });
    expect(`${text}: ${ran.stdout}`).toBe(`${text}: ${wanted}`);
  }
});
