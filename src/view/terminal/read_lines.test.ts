// Tests of read_lines.ts.
import { expect, test } from "vitest";
import { createPaint } from "./paint.ts";
import { drawRead } from "./read_lines.ts";

test("what was read is dim, what was not understood is yellow and cut where it is long", () => {
  const text = { name: "a.log", what: "3 faults", firstUnread: [{ line: 7, text: `\u001b${"x".repeat(200)}` }] };
  expect(drawRead([text], createPaint({ colours: true, width: 80 }))).toEqual([
    "\u001b[2ma.log: 3 faults\u001b[22m",
    `\u001b[33m  line 7: \\x1b${"x".repeat(159)}\u001b[39m`,
  ]);
  expect(drawRead([], createPaint({ colours: true, width: 80 }))).toEqual([]);
});
