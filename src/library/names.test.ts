// Tests of names.ts.
import { expect, test } from "vitest";
import { createFileNames } from "../malloc/names.ts";
import { createSharedNames } from "./names.ts";

test("the maker's names have the addresses that teemem/malloc gives", () => {
  const [mine, plain] = [createSharedNames(["a.ts", "b.ts"]), createFileNames()];
  for (const name of ["a.ts", "b.ts", null, "c.ts", "a.ts"]) expect(mine.address(name)).toBe(plain.address(name));
  expect(mine.list).toEqual(["a.ts", "b.ts", "c.ts"]);
});

test("two threads agree on each address, or do not know it", () => {
  const maker = createSharedNames(["main.ts"]);
  const one = createSharedNames(maker.list, true);
  const two = createSharedNames(maker.list, true);
  const names = ["main.ts", ...Array.from({ length: 500 }, (_, n) => `src/file${n}.ts`)];
  const used = names.map((name, n) => [maker, one, two].map((thread) => (n % 3 === 1 ? thread : one).address(name)));
  for (const [n, addresses] of used.entries())
    for (const address of addresses)
      for (const thread of [maker, one, two])
        expect([names[n], `file 0x${address.toString(16)}`]).toContain(thread.at(address));
  expect(new Set([one, two].map((thread) => thread.address("src/same.ts"))).size).toBe(1);
});

test("what is no name's address is unknown", () => {
  const names = createSharedNames([], true);
  expect([0, 0x1230, 0x0e000001, 0x0f000000, -64].map((address) => names.at(address))).toEqual([
    null,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(names.at(0x0e000000)).toBe("lib/libutils/isoc/bget_malloc.c");
});
