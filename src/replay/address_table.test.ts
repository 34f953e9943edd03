// Tests of address_table.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createAddressTable } from "./address_table.ts";

test("does what a Map does, whatever comes and goes", () => {
  const address = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((n) => 8 * n),
    fc.constantFrom(1, 7, 2 ** 31, 2 ** 32, 2 ** 40 + 8, 2 ** 53, 2 ** 63, 2 ** 64),
  );
  const step = fc.record({ what: fc.constantFrom("get", "set", "take"), address, number: fc.nat(1000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const table = createAddressTable();
      const map = new Map<number, number>();
      for (const { what, address: at, number } of steps) {
        if (what === "get") expect(table.get(at)).toBe(map.get(at) ?? -1);
        if (what === "take") {
          expect(table.take(at)).toBe(map.get(at) ?? -1);
          map.delete(at);
        }
        if (what === "set") {
          table.set(at, number);
          map.set(at, number);
        }
        expect(table.size).toBe(map.size);
      }
      for (const [at, number] of map) expect(table.get(at)).toBe(number);
    }),
  );
});

test("holds many addresses side by side", () => {
  const table = createAddressTable();
  for (let n = 1; n <= 100_000; n++) table.set(0xe100000 + 16 * n, n);
  for (let n = 1; n <= 100_000; n += 2) expect(table.take(0xe100000 + 16 * n)).toBe(n);
  for (let n = 1; n <= 100_000; n++) expect(table.get(0xe100000 + 16 * n)).toBe(n % 2 === 0 ? n : -1);
  expect(table.size).toBe(50_000);
});
