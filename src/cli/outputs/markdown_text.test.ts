// Names of any kind in a Markdown table.
import { expect, test } from "vitest";
import { markdown, markdownCode, markdownForm, markdownHead, markdownTable } from "./markdown_text.ts";

test("a table of one row", () => {
  expect(markdownTable(["", "heap"], [["x", "core"]])).toBe("|  | heap |\n| --- | --- |\n| x | core |\n");
});

test.each([
  ["a|b", "a\\|b"],
  ["*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"],
  ["[x](y) <img> &amp; #1 ~s~ !", "\\[x\\](y) \\<img\\> \\&amp; \\#1 \\~s\\~ \\!"],
  ["@team", "@<!-- -->team"],
  ["two\nlines\u001b[31m", "two lines\\\\x1b\\[31m"],
])("text %j", (text, expected) => expect(markdown(text)).toBe(expected));

test.each([
  ["core", "`core`"],
  ["a|b", "`a\\|b`"],
  ["a`b``c", "``` a`b``c ```"],
  ["@team\n<b>", "`@team <b>`"],
  ["", "`  `"],
])("code %j", (text, expected) => expect(markdownCode(text)).toBe(expected));

test("a report takes the place of its own kind, and of an empty file", () => {
  const { isOwn } = markdownForm("check");
  expect([isOwn(""), isOwn(`${markdownHead("check")}###`), isOwn(markdownHead("memcheck")), isOwn("# Ours\n")]).toEqual(
    [true, true, false, false],
  );
});
