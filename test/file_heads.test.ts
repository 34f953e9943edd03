// Checks that every source file begins with a comment that says what the file is for.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDERS = ["src", "test", "scripts", "bench"];
const SOURCE = /\.(ts|js|mjs)$/;

/** A shebang may come first. At least three words, so that `// eslint` or a lone name is no head. */
const HEAD = /^(#!.*\n)?(\/\/|\/\*\*?)\s*\S+\s+\S+\s+\S+/;

test.each(FOLDERS)("every file of %s/ begins with a line that says what it is for", (folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => SOURCE.test(file));
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !HEAD.test(readFileSync(`${folder}/${file}`, "utf8")))).toEqual([]);
});

test.each([
  ['import { a } from "./a.ts";\n\n/** What a is. */', false],
  ["// a.ts\n", false],
  ["// Reads a budget.\n", true],
  ["/** The frames of the protocol. */\n", true],
  ["#!/usr/bin/env node\n// Runs the program.\n", true],
])("%j: %s", (text, good) => {
  expect(HEAD.test(text)).toBe(good);
});
