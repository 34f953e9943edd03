// Tests of handles.ts.
import fc from "fast-check";
import { expect, it } from "vitest";
import { addPool } from "../../../malloc/add_pool.ts";
import { checkContext } from "../../../malloc/check.ts";
import { createContext } from "../../../malloc/context.ts";
import { realloc } from "../../../malloc/malloc.ts";
import { addToTable, createHandleTable, dropFromTable, handleOf } from "./handles.ts";

function memory(size = 8192) {
  const context = createContext(new Uint8Array(size));
  addPool(context, 0, size);
  const { bytes } = context.heap.memory;
  return {
    context,
    realloc: (pointer: number, length: number) => realloc(context, pointer, length),
    view: (pointer: number, length: number) => bytes.subarray(pointer, pointer + length),
  };
}

it("gives the lowest free number, keeps what it was given, and doubles its block", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), (steps) => {
      const tee = memory();
      const table = createHandleTable();
      const model = new Map<number, number>();
      let next = 1;
      for (const step of steps) {
        if (step > 4) {
          dropFromTable(tee, table, step);
          model.delete(step);
        } else {
          let lowest = 1;
          while (model.has(lowest)) lowest++;
          expect(addToTable(tee, table, next)).toBe(lowest);
          model.set(lowest, next++);
        }
        for (let number = 1; number <= 40; number++)
          expect(handleOf(tee, table, number)).toBe(model.get(number) ?? null);
        expect(checkContext(tee.context)).toEqual([]);
      }
      expect([0, 4, 8, 16, 32, 64, 128]).toContain(table.words);
    }),
  );
});

it("keeps all it has when the heap has no room for more", () => {
  const tee = memory(1024);
  const table = createHandleTable();
  let count = 0;
  while (addToTable(tee, table, 1000 + count) !== 0) count++;
  expect(count).toBeGreaterThan(3);
  for (let n = 0; n < count; n++) expect(handleOf(tee, table, n + 1)).toBe(1000 + n);
  expect(handleOf(tee, table, 0)).toBe(0);
});
