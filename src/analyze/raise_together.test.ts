// Tests of what must be raised together.
import { expect, test } from "vitest";
import { type BuildFacts, raisedTogether } from "./raise_together.ts";

const said = (option: string, by: number, facts?: BuildFacts): string => raisedTogether(option, by, facts).join(" ");

test("the core heap: TEE RAM, then TZDRAM", () => {
  const text = said("CFG_CORE_HEAP_SIZE", 65536);
  expect(text).toMatch(/raise CFG_TEE_RAM_VA_SIZE by as much \(65,536 bytes\)/);
  expect(text).toMatch(/raise CFG_TZDRAM_SIZE by the same, or the memory for TAs shrinks by it/);
  expect(said("CFG_CORE_HEAP_SIZE", 0)).toBe("");
  expect(raisedTogether("CFG_CORE_HEAP_SIZE", null, { teeRam: 2 ** 21 }).join(" ")).toMatch(
    /lies in TEE RAM \(2,097,152 bytes\): .* raise CFG_TEE_RAM_VA_SIZE by as much\. TEE RAM is/,
  );
});

test("with a conf.mk and the boot log's memory map it has figures", () => {
  const options = new Map([
    ["CFG_TEE_RAM_VA_SIZE", "0x200000"],
    ["CFG_TZDRAM_SIZE", "0xf00000"],
  ]);
  // 4.10.0 on qemu_v8 leaves so much behind the core.
  const spare = 0x139000;
  expect(said("CFG_CORE_HEAP_SIZE", 65536, { options, spare })).toBe(
    "CFG_TEE_RAM_VA_SIZE (now 0x200000) may stay: 1,282,048 bytes of TEE RAM lie unused behind the core.",
  );
  const more = said("CFG_CORE_HEAP_SIZE", spare + 1, { options, spare, taMemory: 15728640, taFree: 14176256 });
  expect(more).toMatch(/raise CFG_TEE_RAM_VA_SIZE \(now 0x200000\) by 4,096 bytes at least/);
  expect(more).toMatch(/CFG_TZDRAM_SIZE \(now 0xf00000\) .* memory for TAs \(15,728,640 bytes, 14,176,256 free\)/);
});

test("with the pager the core heap takes of its pages", () => {
  expect(said("CFG_CORE_HEAP_SIZE", 10000, { pager: true })).toMatch(/3 pages fewer, unless CFG_TZSRAM_SIZE/);
  const options = new Map([["CFG_CORE_TZSRAM_EMUL_SIZE", "458752"]]);
  expect(said("CFG_CORE_HEAP_SIZE", 4096, { pager: true, options })).toMatch(
    /1 page fewer, unless CFG_CORE_TZSRAM_EMUL_SIZE \(now 458752\) grows/,
  );
});

test("a TA: the memory for TAs, page tables, and with the pager the core heap", () => {
  expect(said("TA_DATA_SIZE", 5000)).toBe(
    "Each instance takes 8,192 bytes more from the memory for TAs (CFG_TZDRAM_SIZE).",
  );
  expect(said("CFG_PKCS11_TA_HEAP_SIZE", 5000, { taFree: 4096 })).toMatch(/\(4,096 bytes free\): too few, raise it/);
  expect(said("TA_STACK_SIZE", 2 ** 21, { taFree: 2 ** 22 })).toMatch(
    /2 more page tables: raise CFG_PGT_CACHE_ENTRIES/,
  );
  expect(said("TA_DATA_SIZE", 40960, { pager: true })).toMatch(/24 bytes for each page of it, 240 in all/);
});

test("TZDRAM: what reserves it", () => {
  expect(said("CFG_TZDRAM_SIZE", 1, { largestTa: 90112 })).toMatch(
    /the largest that is known took 90,112 bytes\. .* device tree must reserve the same area/,
  );
  expect(said("CFG_WITH_STATS", 1)).toBe("");
});
