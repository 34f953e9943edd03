// Tests of memory_tree.ts, on what QEMU 7.2 printed (QEMU 8 to 10 have the same lines).
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { secureRam } from "./memory_tree.ts";

const shown = (name: string): string =>
  readFileSync(new URL(`../../../test/fixtures/qemu/${name}.mtree.txt`, import.meta.url), "utf8");
const SECURE = { from: 0xe000000, length: 0x1000000, block: "virt.secure-ram", offset: 0 };

test("finds the RAM that the secure world has for itself", () => {
  expect(secureRam(shown("virt-secure"))).toEqual([SECURE]);
  expect(secureRam(shown("virt-secure").replaceAll("\n", "\r\n"))).toEqual([SECURE]);
});

test.each(["virt", "vexpress-a15"])("finds none where both worlds see the same, or there is one: %s", (name) => {
  expect(secureRam(shown(name))).toEqual([]);
});

test("takes a part of a block, and what accelerators add to a line", () => {
  const line = "  000000000e000000-000000000effffff (prio 0, ram): virt.secure-ram";
  const part = shown("virt-secure").replace(line, `${line} @0000000000100000 KVM`);
  expect(secureRam(part)).toEqual([{ ...SECURE, offset: 0x100000 }]);
});

test("neither throws nor invents at damage", () => {
  const text = shown("virt-secure");
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.nat(text.length), fc.string({ maxLength: 4 }), (from, length, other) => {
      for (const range of secureRam(text.slice(0, from) + other + text.slice(from + length))) {
        expect(range.block).not.toBe("");
        expect(range.length).not.toBeNaN();
      }
    }),
  );
});
