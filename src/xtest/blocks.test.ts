// Blocks whose last lines are optional, as those of a counter that older releases do not have.
import { expect, it } from "vitest";
import { type BlockAt, createBlockReader } from "./blocks.ts";
import { eachLine } from "./fault.ts";
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

function findBlocks(text: string, forms?: readonly Form[]): readonly BlockAt[] {
  const blocks: BlockAt[] = [];
  const reader = createBlockReader((block) => blocks.push(block), forms);
  let number = 0;
  for (const line of eachLine(text)) reader.take(line, ++number);
  reader.end();
  return blocks;
}

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

it("a blank line behind a block counts for the next one, with a line of another program between them", () => {
  const block = [
    "ta(8aaaf200-2450-11e4-abe2-0002a5d5c51b)",
    "\tpanicked(0) -- True if TA has panicked",
    "\tsession number(1)",
    "\tHeap Status:",
    "\t\tBytes allocated:                       10",
    "\t\tMax bytes allocated:                   20",
    "\t\tSize of pool:                          30",
    "\t\tNumber of failed allocations:          0",
    "\t\tSize of larges allocation failure:     0",
    "\t\tTotal bytes allocated at that failure: 0",
  ].join("\n");
  const joins = (text: string): string =>
    findBlocks(text)
      .map((one) => `${one.kind} ${one.joins}`)
      .join(", ");
  expect(joins(`${block}\n\nanother program\n${block}`)).toBe("ta false, ta true");
  expect(joins(`${block}\nanother program\n${block}`)).toBe("ta false, ta false");
});
