// Tests of lines that are folded at blanks.
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldLines } from "./fold_lines.ts";

test("long lines are broken at blanks, short ones and inner blanks stay", () => {
  expect(foldLines("one two three\na  b", 8)).toBe("one two\n  three\na  b");
  expect(foldLines("  name      12   34\n", 14)).toBe("  name      12\n    34\n");
  expect(foldLines("averylongwordthatdoesnotfit", 8)).toBe("averylongwordthatdoesnotfit");
});

test("colours and links take no room; what moves the cursor is left alone", () => {
  expect(foldLines("\x1b[31mone\x1b[39m two", 8)).toBe("\x1b[31mone\x1b[39m two");
  expect(foldLines("\x1b]8;;file://host/a#1\x1b\\a.c:1\x1b]8;;\x1b\\ x", 8)).toContain("a.c:1\x1b]8;;\x1b\\ x");
  expect(foldLines("\r\x1b[Kreplaying a long trace", 8)).toBe("\r\x1b[Kreplaying a long trace");
});

test("a command can be pasted from several lines", () => {
  expect(foldLines("  npx teemem replay --pool 48k a.gz", 24)).toBe("  npx teemem replay \\\n    --pool 48k a.gz");
});

test("so can one that is called by a file, behind variables, or with a comment", () => {
  const called = { teemem: "node far/teemem.mjs", xtest: "node far/teemem.mjs xtest" };
  expect(foldLines("  node far/teemem.mjs size a.gz", 24, called)).toBe("  node far/teemem.mjs \\\n    size a.gz");
  expect(foldLines("  A=1 xtest --stats --alloc", 20)).toBe("  A=1 xtest \\\n    --stats \\\n    --alloc");
  expect(foldLines("  teemem size a.gz   # one of them fails here", 20)).toBe(
    "  teemem size a.gz\n  # one of them\n  # fails here",
  );
});

test("so can one in quotes: it has a line of its own, and goes on behind a sign only where that is too narrow", () => {
  expect(foldLines("then let 'teemem size a' try", 20)).toBe("then let\n  'teemem size a'\n  try");
  expect(foldLines("let 'npx teemem size a' try", 16)).toBe("let\n  'npx teemem \\\n  size a' try");
  expect(foldLines("\x1b[32mteemem size --margin\x1b[39m 20%", 16)).toContain(" \\\n");
});

test("no word is lost or broken, and no line is too long that has a blank", () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
      fc.integer({ min: 16, max: 60 }),
      (words, width) => {
        const lines = foldLines(words.join(" "), width).split("\n");
        expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(words);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
  );
});
