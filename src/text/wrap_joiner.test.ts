// Tests of wrap_joiner.ts.
import { expect, test } from "vitest";
import type { Piece } from "./piece.ts";
import { createWrapJoiner } from "./wrap_joiner.ts";

/** Lines that are wanted begin with an @, whole ones end with a semicolon; others with a ? cannot be told. */
const stateOf = (text: string) =>
  (text.startsWith("?") ? "other" : /[;\d]$/.test(text) ? "whole" : "open") as "whole" | "open";

function read(lines: readonly string[]): readonly string[] {
  const given: string[] = [];
  const wraps = createWrapJoiner({ stateOf }, ({ text }) => given.push(text));
  for (const [i, line] of lines.entries()) {
    // A line that ends with a ~ fills the width.
    const piece: Piece = {
      number: i + 1,
      text: line.replace("~", ""),
      before: line.startsWith("!") ? "!" : "",
      cut: false,
      clipped: false,
      anchored: line.startsWith("@"),
      full: line.endsWith("~"),
    };
    wraps.take(piece);
  }
  wraps.end();
  return given;
}

test.each([
  ["two and three parts", ["@ab~", "cd;", "@e~", "f~", "g;"], ["@abcd;", "@efg;"]],
  ["a line that begins as one is no rest", ["@ab~", "@cd;"], ["@ab", "@cd;"]],
  ["nor one with something before it", ["@ab~", "!cd;"], ["@ab", "!cd;"]],
  ["nor a message of the kernel", ["@ab~", "[    1.000001] x"], ["@ab", "[    1.000001] x"]],
  ["what lacks nothing has none, but for digits", ["@ab;~", "cd", "@1~", "23"], ["@ab;", "cd", "@123"]],
  [
    "the rest of what stands before a message of the kernel",
    ["@a[    1.000001] x~", "b;"],
    ["@a[    1.000001] x", "b;"],
  ],
  ["the rest of that message", ["@a[    1.000001] x~", "yz"], ["@a[    1.000001] xyz"]],
])("%s", (_, lines, wanted) => expect(read(lines)).toEqual(wanted));
