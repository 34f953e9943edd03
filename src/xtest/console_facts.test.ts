// Tests of console_facts.ts.
import { expect, test } from "vitest";
import { readConsoleFacts } from "./console_facts.ts";

const facts = (text: string) => {
  const read = readConsoleFacts(Buffer.from(text, "latin1"));
  if (!read.ok) throw new Error(read.error);
  return read.value;
};

test("a refused allocation is told with its line and size", () => {
  const { facts: found } = facts("I/TC: hello\nE/TC:0 0 malloc:9 Memory allocation failed: size 800 alignment 16\n");
  expect(found).toMatchObject([{ kind: "core-oom", line: 2, groups: ["800"] }]);
});

test("a log that lost its newlines is read to the end", () => {
  const { lines, leaks } = facts("I/TC: buffer: 24 bytes core/mm/a.c:19 ".repeat(2 ** 16));
  // It is cut into pieces.
  expect(lines).toBe(19);
  expect(leaks).toBeGreaterThan(0);
});
