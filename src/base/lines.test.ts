// Tests of lines.ts.
import { expect, test } from "vitest";
import { linesOf } from "./lines.ts";

test.each(["", "\n", "a", "a\n", "\na", "a\n\nb", "a\r\nb\n\n"])("the lines of %j", (text) =>
  expect([...linesOf(text)]).toEqual(text.split("\n")),
);
