// What must be raised together, as `teemem size` says it: from counters, a conf.mk, a boot log.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runHere } from "./run_here.ts";

const FULL = "test/fixtures/series/realoom.txt";
const folder = mkdtempSync(join(tmpdir(), "teemem-together-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function size(log: string): Promise<string> {
  const path = join(folder, "log.txt");
  writeFileSync(path, log);
  const { out, outcome } = await runHere("size", FULL, "--log", path);
  expect(outcome).toEqual({ ok: true, value: 0 });
  return out.replaceAll(/\s+/g, " ");
}

test("lines of a conf.mk give the values of now", async () => {
  expect(await size("CFG_TEE_RAM_VA_SIZE=0x200000\nCFG_TZDRAM_SIZE ?= 0xf00000\n")).toMatch(
    /CFG_TEE_RAM_VA_SIZE \(now 0x200000\) by as much \(65,536 bytes\).* CFG_TZDRAM_SIZE \(now 0xf00000\) by the same/,
  );
});

test("the boot log's memory map tells that enough is unused", async () => {
  // As 4.10.0 printed it on qemu_v8.
  const log = [
    "D/TC:0   add_phys_mem:798 VCORE_UNPG_RX_PA type TEE_RAM_RX 0x0e100000 size 0x0007e000",
    "D/TC:0   add_phys_mem:798 VCORE_UNPG_RW_PA type TEE_RAM_RW 0x0e17e000 size 0x00049000",
    "D/TC:0   add_phys_mem:798 VCORE_FREE_PA type TEE_RAM_RW 0x0e1c7000 size 0x00139000",
  ];
  expect(await size(`${log.join("\n")}\n`)).toMatch(/CFG_TEE_RAM_VA_SIZE may stay: 1,282,048 bytes of TEE RAM/);
});

test("a core with the pager", async () => {
  expect(await size("I/TC: Pager is enabled. Hashes: 2848 bytes\nI/TC: Pager pool size: 96kB\n")).toMatch(
    /This core has the pager: .* \(96 KiB now\): 16 pages fewer/,
  );
});

test("a text in which nothing is understood is said to be so", async () => {
  const path = join(folder, "nothing.txt");
  writeFileSync(path, "nothing in here\n");
  expect((await runHere("size", FULL, "--log", path)).outcome).toMatchObject({ ok: false });
});
