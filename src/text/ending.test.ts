// Tests of ending.ts.
import { expect, test } from "vitest";
import { commonEnding } from "./ending.ts";

test.each([
  ["cat -A", ["a.c:1$", "b.c:2$", "c.c:1$"], "$"],
  ["escapes and a quote", ["a\\r\\n'", "b\\r\\n'", "cc\\r\\n'"], "\\r\\n'"],
  ["names", ["a:1<CR><LF>", "b:1<CR><LF>", "c:1<CR><LF>"], "<CR><LF>"],
  ["words and figures are the lines' own", ["a.c:12", "b.c:12", "d.c:12"], ""],
  ["two lines tell nothing", ["a$", "b$", "a$"], ""],
  ["one has none", ["a$", "b$", "c"], ""],
  ["nothing", [], ""],
])("%s", (_, lines, ending) => expect(commonEnding(lines)).toBe(ending));
