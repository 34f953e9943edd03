// Tests of keys.ts.
import { expect, it } from "vitest";
import { readKeys } from "./keys.ts";

it.each([
  ["q", ["q"]],
  ["\x1b[A\x1bOBjk", ["up", "down", "j", "k"]],
  ["\x1b", ["escape"]],
  ["\x1b\x1b[A", ["escape", "up"]],
  ["\r\x7f\x03\x1a\f", ["enter", "backspace", "ctrl-c", "ctrl-z", "ctrl-l"]],
  ["\x1b[5~\x1b[6~\x1b[H\x1b[F", ["page-up", "page-down", "home", "end"]],
  // Not known: a function key, a mouse, a pasted control.
  ["\x1b[15~\x1b[<0;1;1M\x01x", ["x"]],
  ["ü木😀", ["ü", "木", "😀"]],
])("%j", (input, keys) => {
  expect(readKeys(input)).toEqual(keys);
});
