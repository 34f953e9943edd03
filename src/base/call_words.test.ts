// Which words of a text are commands, and how they are called.
import { expect, test } from "vitest";
import { asCalled, isCommand, prosePieces, proseWords } from "./call_words.ts";

const NPX = { teemem: "npx teemem", xtest: "npx xtest" };

test("commands in lines of their own, behind variables and in quotes are as they are called; prose stays", () => {
  const text = [
    "  teemem help replay         explain one command",
    "  TEEMEM_AFTER=boot xtest --stats",
    "  A=$(cat a) teemem serve && teemem stats | teemem leaks -",
    "  source <(teemem completion bash)",
    "start 'teemem boot', and `teemem size` finds it",
    "teemem demo: the memory of teemem and",
    "  teemem 0.1.0",
    "  npx teemem demo",
  ];
  const named = asCalled(text.join("\n"), NPX);
  expect(named.split("\n")).toEqual([
    "  npx teemem help replay         explain one command",
    "  TEEMEM_AFTER=boot npx xtest --stats",
    "  A=$(cat a) npx teemem serve && npx teemem stats | npx teemem leaks -",
    "  source <(npx teemem completion bash)",
    "start 'npx teemem boot', and `npx teemem size` finds it",
    ...text.slice(5),
  ]);
  expect(asCalled(named, NPX)).toBe(named);
  expect(asCalled(text.join("\n"), { teemem: "teemem", xtest: "xtest" })).toBe(text.join("\n"));
  expect(asCalled(text.join("\n"), undefined)).toBe(text.join("\n"));
});

test("a name that begins with the program's own is put in once", () => {
  const words = { teemem: "teemem --quiet", xtest: "xtest" };
  const named = asCalled("let 'teemem size' find it", words);
  expect(named).toBe("let 'teemem --quiet size' find it");
  expect(asCalled(named, words)).toBe(named);
});

test("the xtest of a board has its own name, however ours is called", () => {
  for (const text of ["run 'xtest --stats --alloc' on the board", "  xtest 4001     on the board"])
    expect(asCalled(text, NPX)).toBe(text);
});

test("a command in quotes is one word, with what touches it", () => {
  expect(proseWords("the board's log: let 'teemem size run.arrows' (or `npx teemem leaks a b`) try it")).toEqual([
    "the",
    "board's",
    "log:",
    "let",
    "'teemem size run.arrows'",
    "(or",
    "`npx teemem leaks a b`)",
    "try",
    "it",
  ]);
  const words = { teemem: "node dist/cli/teemem.js", xtest: "node dist/cli/xtest.js" };
  expect(proseWords("a 'node dist/cli/teemem.js size f', b", words)).toEqual([
    "a",
    "'node dist/cli/teemem.js size f',",
    "b",
  ]);
  expect(proseWords("a 'teemem size that ends nowhere")).toHaveLength(6);
  const text = "  two  blanks 'teemem  size' ";
  expect(prosePieces(text).join("")).toBe(text);
});

test("a line is a command where one of our programs begins it", () => {
  for (const line of ["  teemem size x", "$ xtest 4001", "  A=b C=d npx teemem size x"])
    expect(isCommand(line)).toBe(true);
  expect(isCommand("  node a.js size", { teemem: "node a.js", xtest: "node b.js" })).toBe(true);
  for (const line of ["teemem", "the teemem size", "  node a.js size"]) expect(isCommand(line)).toBe(false);
});
