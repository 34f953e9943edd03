// Tests of site_table.ts.
import { expect, it } from "vitest";
import { createSiteTable, hashSite, OTHER_SITES } from "./site_table.ts";

function numberIn(table: ReturnType<typeof createSiteTable>, name: string): number {
  const bytes = Buffer.from(name);
  return table.indexOf(bytes, 0, bytes.length, hashSite(bytes, 0, bytes.length));
}

it("numbers names, and finds them again after it has grown", () => {
  const table = createSiteTable();
  const names = Array.from({ length: 5000 }, (_, n) => `a.c:${n}`);
  expect(names.map((name) => numberIn(table, name))).toEqual(names.map((_, n) => n));
  expect(names.map((name) => table.nameOf(numberIn(table, name)))).toEqual(names);
  expect(table.crowded).toBe(false);
});

it("gives names beyond its room one number", () => {
  const table = createSiteTable(3);
  expect(["a", "b", "c", "d", "a", "e"].map((name) => numberIn(table, name))).toEqual([0, 1, 2, 2, 0, 2]);
  expect([table.nameOf(0), table.nameOf(2), table.crowded]).toEqual(["a", OTHER_SITES, true]);
});
