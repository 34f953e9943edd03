// The rows of the overview: filter, order, and what counts as trouble.
import { expect, test } from "vitest";
import { heapState, systemState } from "../../../../test/support/page/states.ts";
import { fullest, overviewRows, type Sort } from "./rows.ts";

const a = systemState({
  name: "a",
  heaps: [
    heapState({ name: "Heap", allocated: 10, size: 100, growth: 5 }),
    heapState({ name: "unknown", allocated: null }),
  ],
});
const b = systemState({ name: "b", heaps: [heapState({ name: "Heap", allocated: 90, size: 100, failures: 2 })] });
const c = systemState({ name: "c", state: "lost", heaps: [] });
const wanted = { sort: "given" as Sort, filter: "", trouble: false, open: () => true };

const named = (part: Partial<typeof wanted>): string[] =>
  overviewRows([a, b, c], { ...wanted, ...part }).map((row) =>
    row.kind === "system" ? row.system.name : `${row.system.name}/${row.heap.name}`,
  );

test("each system, and its heaps where it is open", () => {
  expect(named({})).toEqual(["a", "a/Heap", "a/unknown", "b", "b/Heap", "c"]);
  expect(named({ open: () => false })).toEqual(["a", "b", "c"]);
});

test("a filter finds heaps in closed systems, too, by all of its words", () => {
  expect(named({ filter: "UNK", open: () => false })).toEqual(["a", "a/unknown"]);
  expect(named({ filter: "b heap" })).toEqual(["b", "b/Heap"]);
});

test("trouble: lost, silent, failures, panics, alarms", () =>
  expect(named({ trouble: true })).toEqual(["b", "b/Heap", "c"]));

test("the worst come first, the unknown last", () => {
  expect(named({ sort: "fullest" })).toEqual(["b", "b/Heap", "a", "a/Heap", "a/unknown", "c"]);
  expect(named({ sort: "growth" })).toEqual(["a", "a/Heap", "a/unknown", "b", "b/Heap", "c"]);
  expect(named({ sort: "failures" })[0]).toBe("b");
});

test("the fullest heap is one whose share is known", () => {
  expect([fullest(a)?.name, fullest(c)]).toEqual(["Heap", null]);
});
