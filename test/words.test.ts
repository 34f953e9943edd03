// Checks that pages, help and messages use the words of docs/glossary.md.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { abandonedWords, linesOfPage, literalsIn, literalsOf, usesOf } from "./words.ts";

const GLOSSARY = "docs/glossary.md";
const WORDS = abandonedWords(readFileSync(GLOSSARY, "utf8"));
const PAGES = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "examples/README.md",
  "changelog/README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

test("the glossary is sorted, has a meaning for each word, and names words that are abandoned", () => {
  const rows = readFileSync(GLOSSARY, "utf8")
    .split("\n")
    .filter((line) => /^\| (?!word )\w/.test(line));
  const names = rows.map((row) => row.split(" | ")[0]?.slice(2).toLowerCase() ?? "");
  expect(names.length).toBeGreaterThan(50);
  expect(names).toEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
  for (const row of rows) expect(row).toMatch(/^\| [^|]+ \| [^|]+[.] \| [^|]+ \|$/);
  expect(WORDS.map(({ word }) => word)).toContain("refused");
});

test.each(PAGES.filter((page) => page !== GLOSSARY))("%s has no abandoned word", (page) => {
  expect(usesOf(linesOfPage(page), WORDS)).toEqual([]);
});

test("string literals have no abandoned word", () => {
  const texts = literalsIn("src");
  expect(texts.length).toBeGreaterThan(1000);
  expect(usesOf(texts, WORDS)).toEqual([]);
});

describe("the check itself", () => {
  const words = abandonedWords("| word | means | not |\n|---|---|---|\n| failed | It failed. | `refused`, denied |\n");

  test("takes words in code font alone", () => {
    expect(words).toEqual([{ word: "refused", say: "failed" }]);
  });

  test.each([
    ['const a = "it was refused";', ["x.ts:1: 'refused', say 'failed'"]],
    [`\nconst a = \`\${b} Refused \${c}\`;`, ["x.ts:2: 'refused', say 'failed'"]],
    ['const refused = "refused"; // it was refused', []],
    ['const a = "it was denied";', []],
  ])("reads %j", (source, uses) => {
    expect(usesOf(literalsOf("x.ts", source), words)).toEqual(uses);
  });
});
