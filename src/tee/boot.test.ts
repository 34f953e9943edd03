// Tests of boot.ts.
import { describe, expect, it } from "vitest";
import { bootTest, NOW } from "../../test/embedded.ts";
import { checkHeap } from "../heap/check.ts";
import { walkPool } from "../heap/walk.ts";
import { liveBlocks } from "../malloc/foreach.ts";
import { malloc } from "../malloc/malloc.ts";
import { poolsOf } from "../malloc/pools.ts";
import { getStats } from "../malloc/stats.ts";
import { defaultPlatform } from "../platform/platforms.ts";
import { boot } from "./boot.ts";

const BOOTED = 16480;

describe("the boot", () => {
  it("leaves a sound core heap of the recorded size", () => {
    const { core } = bootTest();
    expect(checkHeap(core.heap.heap, poolsOf(core.heap))).toEqual([]);
    expect(getStats(core.heap)).toMatchObject({ allocated: BOOTED, maxAllocated: 17744, size: 68640, failures: 0 });
  });

  it("leaves 47 blocks, with leak headers under their file and line", () => {
    const { core } = bootTest("CFG_TEE_CORE_MALLOC_DEBUG=y");
    const sites = new Map<string, number>();
    for (const { file, line, size } of liveBlocks(core.heap)) {
      const site = `${size} ${file}:${line}`;
      sites.set(site, (sites.get(site) ?? 0) + 1);
    }
    expect(Object.fromEntries(sites)).toEqual({
      "88 core/kernel/pseudo_ta.c:311": 1,
      "80 core/arch/arm/mm/mobj_dyn_shm.c:317": 1,
      "56 core/mm/mobj.c:168": 4,
      "800 core/lib/libtomcrypt/ecb.c:109": 1,
      "432 core/lib/libtomcrypt/hash.c:117": 33,
      "64 lib/libutils/ext/mempool.c:121": 1,
      "16 core/drivers/gpio/gpio.c:21": 2,
      "24 core/mm/tee_mm.c:27": 2,
      "64 core/mm/core_mmu.c:388": 1,
      "16 lib/libutils/isoc/bget_malloc.c:935": 1,
    });
  });

  it("puts the first block where the real one lay", () => {
    const { core } = bootTest();
    const [pool] = poolsOf(core.heap);
    const blocks = walkPool(core.heap.heap.memory, pool ?? { at: 0, length: 0 }).blocks;
    // The pool table, the first allocation, lies highest: 0xe1d5fe0 in the trace, its header 16 bytes below.
    expect(core.heap.heap.memory.base + (blocks.at(-1)?.at ?? 0)).toBe(0xe1d5fe0 - 16);
  });

  it("says when the heap is too small for it", () => {
    const platform = defaultPlatform();
    const switches = { ...platform.switches, CFG_CORE_HEAP_SIZE: 4096 };
    const core = boot({ platform, switches }, { console: () => {}, now: () => NOW });
    expect(core).toMatchObject({ ok: false, error: expect.stringContaining("CFG_CORE_HEAP_SIZE") });
  });

  it.each([0, 100, 2 ** 40, Number.NaN])("refuses a heap of %d bytes", (size) => {
    const platform = defaultPlatform();
    const switches = { ...platform.switches, CFG_CORE_HEAP_SIZE: size };
    expect(boot({ platform, switches }, { console: () => {}, now: () => NOW })).toMatchObject({ ok: false });
  });

  it("refuses a release whose statistics are not known", () => {
    expect(
      boot({ platform: defaultPlatform(), version: "3.2.0" }, { console: () => {}, now: () => NOW }),
    ).toMatchObject({
      ok: false,
    });
  });

  it("gives the nexus heap only with virtualization, and best fit only where asked", () => {
    expect(bootTest().core.nexusHeap).toBeNull();
    expect(bootTest("CFG_NS_VIRTUALIZATION=y").core.nexusHeap?.size).toBe(16384);
    expect(bootTest("CFG_CORE_BGET_BESTFIT=y").core.heap.heap.bestFit).toBe(true);
  });

  it("says on the console what the heap refuses, with leak headers only", () => {
    for (const [cfg, lines] of [
      ["", []],
      [
        "CFG_TEE_CORE_MALLOC_DEBUG=y",
        ["E/TC:? 0 print_oom:185 Memory allocation failed: size 100000 context 0xf000000"],
      ],
    ] as const) {
      const system = bootTest(cfg);
      system.lines();
      expect(malloc(system.core.heap, 100000)).toBe(0);
      expect(system.lines()).toEqual(lines);
    }
  });

  it.each([
    ["4.0.0", 185],
    ["4.5.0", 186],
    ["4.9.0", 186],
    ["4.10.0", 181],
  ])("says so from the line of its release: %s, %i", (version, line) => {
    const system = bootTest("CFG_TEE_CORE_MALLOC_DEBUG=y", version);
    system.lines();
    expect(malloc(system.core.heap, 300000)).toBe(0);
    expect(system.lines()).toEqual([
      `E/TC:? 0 print_oom:${line} Memory allocation failed: size 300000 context 0xf000000`,
    ]);
  });
});
