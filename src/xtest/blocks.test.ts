// Blocks whose last lines are optional, as those of a counter that older releases do not have.
import { expect, it } from "vitest";
import { findBlocks } from "./blocks.ts";
import { FORMS, type Form } from "./forms.ts";

/** The forms, with the last line of each pool's block optional. */
const OPTIONAL: readonly Form[] = FORMS.map((form) => ({
  ...form,
  rows: form.rows.map((row, n) => ({ ...row, optional: row.optional || n === form.rows.length - 1 })),
}));

const POOL = ["Pool:                Heap", "Bytes allocated:                       10"].join("\n");
const REST = [
  "Max bytes allocated:                   20",
  "Size of pool:                          30",
  "Number of failed allocations:          0",
  "Size of larges allocation failure:     0",
].join("\n");
const LAST = "Total bytes allocated at that failure: 0";
const WHOLE = `${POOL}\n${REST}\n${LAST}`;
const SHORT = `${POOL}\n${REST}`;

function found(text: string, forms?: readonly Form[]): string {
  return findBlocks(text, forms)
    .map(({ kind, from, to }) => `${kind} ${from}-${to}`)
    .join(", ");
}

it("a block that lacks its last line is damaged", () => {
  expect(found(`${WHOLE}\n\n${SHORT}`)).toBe("alloc 1-7, fault 9-14");
});

it("one whose last line is optional ends with the next block, or with the text", () => {
  expect(found(`${SHORT}\n\n${WHOLE}\n${SHORT}`, OPTIONAL)).toBe("alloc 1-6, alloc 8-14, alloc 15-20");
});

it("one that lacks a line in its middle is damaged all the same", () => {
  expect(found(`${POOL}\n${LAST}\n${WHOLE}`, OPTIONAL)).toBe("fault 1-3, alloc 4-10");
});
