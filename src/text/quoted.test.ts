// Tests of quoted.ts.
import { expect, test } from "vitest";
import { quotedIn } from "./quoted.ts";

test.each([
  ["CSV", '1,"a ""b"", c","d"', ['a "b", c', "d"]],
  ["YAML", "- {dt: 'x', msg: 'it''s'}", ["x", "it's"]],
  ["Python", String.raw`b'a\tb\x41\'\r\n', 'c'`, ["a\tbA'\r\n", "c"]],
  ["C and JSON", String.raw`"\u00e4\u20ac\\\"\101"`, ['\u00c3\u00a4\u00e2\u0082\u00ac\\"A']],
  ["an apostrophe is no quote", "board's \"x\" and don't", ["x"]],
  ["a quote without its end", 'a "b', []],
  ["nothing in them", '"",""', ["", ""]],
])("%s", (_, line, texts) => expect(quotedIn(line).map(({ text }) => text)).toEqual(texts));

test("says where they stand", () => {
  const line = 'x=["a", "bc"]';
  expect(quotedIn(line).map(({ from, to }) => line.slice(from, to))).toEqual(['"a"', '"bc"']);
});
