// Tests of names.ts.
import { expect, test } from "vitest";
import { createFileNames, MALLOC_FILE } from "./names.ts";

test("every name has an address of its own, the layer's file the first", () => {
  const names = createFileNames(0x1000);
  expect(names.address(MALLOC_FILE)).toBe(0x1000);
  expect([names.address("a.c"), names.address("b.c"), names.address("a.c")]).toEqual([0x1040, 0x1080, 0x1040]);
  expect([0x1000, 0x1040, 0x1080].map((address) => names.at(address))).toEqual([MALLOC_FILE, "a.c", "b.c"]);
});

test("no name is address 0; what was never given out is unknown", () => {
  const names = createFileNames();
  expect(names.address(null)).toBe(0);
  expect(names.at(0)).toBeNull();
  for (const address of [0x0e000001, 0x0e000040, 0x0dffffc0, 2 ** 60]) expect(names.at(address)).toBeUndefined();
});
