// No regular expression of the project may take more than linear time on any input, moves of the search among it: `/\s+$/`
// is quadratic, as it begins anew at every blank. Two checkers look for it, as each finds what the other does not. The other
// backends of `recheck`, a JAR and binaries, are not used: package.json puts another package in their place.
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { problemOf, regexesIn, regexesOf } from "./regexes.ts";

const SRC = fileURLToPath(new URL("../src", import.meta.url));
const found = regexesIn(SRC);

describe("the check", () => {
  test.each([
    ["\\s+$", ""],
    ["^\\s*x", "m"],
    ["(a+)+$", ""],
    ["a.*b", ""],
    ["\\n\\s*(?:Pool|ta)", ""],
    ["\\/TC:.*Memory", ""],
    ["\\B(?=(\\d{3})+(?!\\d))", "g"],
  ])("finds /%s/%s", (source, flags) => expect(problemOf({ source, flags })).not.toBe(null));

  test.each([
    ["^\\s*x", ""],
    ["\\s+", "g"],
    ["\\b(\\d+) page", ""],
    ["[?*.](.{1,9})", ""],
  ])("lets /%s/%s pass", (source, flags) => expect(problemOf({ source, flags })).toBe(null));

  test("sees literals in any place, and expressions made of texts", () => {
    const text = "const a: RegExp = /x/g;\nf(b.replace(/y/, ''));\nclass C { d = new RegExp(b); e = RegExp('z'); }\n";
    expect(regexesOf("a.ts", text)).toEqual({
      literals: [
        { place: "a.ts:1", source: "x", flags: "g" },
        { place: "a.ts:2", source: "y", flags: "" },
      ],
      made: ["a.ts:3", "a.ts:3"],
    });
  });
});

describe("in the sources", () => {
  test("there are some, and all are literals, which can be checked", () => {
    expect(found.literals.length).toBeGreaterThan(100);
    expect(found.made).toEqual([]);
  });

  const once = new Map(found.literals.map((literal) => [`/${literal.source}/${literal.flags}`, literal]));
  test.each([...once])("%s is linear", (_, literal) => expect(problemOf(literal), literal.place).toBe(null));
});
