// Tests of core_heap_sizes.ts and board_memory.ts.
import { expect, test } from "vitest";
import { boardMemory } from "./board_memory.ts";
import { CORE_HEAP_SIZES, coreHeapSize } from "./core_heap_sizes.ts";
import { ordinal } from "./ordinal.ts";

test.each([
  ["vexpress-qemu_armv8a", "4.1.0", 65536],
  ["vexpress-qemu_armv8a", "4.2.0", 131072],
  ["vexpress-qemu_armv8a", "4.10.0", 196608],
  ["vexpress-qemu_virt", "4.4.0", 65536],
  ["vexpress-qemu_virt", "4.5.0", 98304],
  ["vexpress-qemu_sbsa", "4.8.0", 196608],
  ["vexpress-fvp", "4.10.0", 65536],
  ["imx-mx8mqevk", "4.0.0", 131072],
  ["versal", "4.10.0", 262144],
  ["versal", "4.11.0", 524288],
  ["", "4.5.0", 65536],
])("%s in %s: %i", (platform, version, bytes) => expect(coreHeapSize(platform, version)).toBe(bytes));

test("all defaults, in order", () => {
  expect(CORE_HEAP_SIZES).toEqual(CORE_HEAP_SIZES.toSorted((a, b) => a - b));
  expect(CORE_HEAP_SIZES).toContain(196608);
});

test.each([
  ["4.9", "4.10", -1],
  ["v4.10.0-rc1", "4.10", 0],
  ["5.0", "4.10", 1],
])("%s and %s", (a, b, order) => expect(Math.sign(ordinal(a) - ordinal(b))).toBe(order));

test("the pools of a measured board add up to what xtest printed", () => {
  const sum = (version: string): number => {
    const { heapSize, heapSlack, smallPools } = boardMemory("vexpress-qemu_armv8a", version);
    return heapSize + (heapSlack ?? 0) + smallPools.reduce((all, { length }) => all + length, 0);
  };
  expect([sum("4.5.0"), sum("4.10.0")]).toEqual([199296, 203072]);
  expect(boardMemory("none", "4.10.0")).toMatchObject({ heapSize: 65536, heapSlack: null, coreRam: null, build: "" });
});
