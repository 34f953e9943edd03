// The faults that `npm run mutate` plants are those it says.
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { mutantsOf, planted } from "../scripts/mutate/operators.js";
import { sample } from "../scripts/mutate/sample.js";
import { testsFor } from "../scripts/mutate/tests_for.js";
import { createRandom } from "../scripts/random.js";

type Mutant = ReturnType<typeof mutantsOf>[number];

function plantAll(code: string): string[] {
  return mutantsOf("a.ts", code).map((mutant: Mutant) => `${mutant.operator}: ${planted(code, mutant)}`);
}

describe("faults", () => {
  test.each<[string, string[]]>([
    ["f(a < b)", ["without the statement: ;", "< to <=: f(a <= b)"]],
    ["x = a >= b", ["without the statement: ;", ">= to >: x = a > b"]],
    [
      "x = a && b",
      ["without the statement: ;", "left side only: x = a", "&& to ||: x = a || b", "right side only: x = b"],
    ],
    ["const a = 9", ["number + 1: const a = 10", "number - 1: const a = 8"]],
    ["const a = 0", ["number + 1: const a = 1"]],
    ["const a = 60", ["number + 1: const a = 61", "number - 1: const a = 59", "number * 10: const a = 600"]],
    ["const a = 5n", ["number + 1: const a = 6n"]],
    ["const a = true", ["other boolean: const a = false"]],
    ['const a = "ab"', ['other text: const a = "a~"']],
    ["const a = `$" + "{b} ms`", ["other text: const a = `$" + "{b} ~s`"]],
    ["const a = !b", ["without !: const a = b"]],
    ["const a = b ? c : d", ["branches swapped: const a = b ? d : c"]],
    ["a++", ["without the statement: ;", "++ to --: a--"]],
    ["const a = Math.min(b)", ["min to max: const a = Math.max(b)"]],
    ["const a = b.sort()", ["without .sort(): const a = b"]],
    ["const a = { ...b, c }", ["without the spread: const a = {  c }"]],
    ["import a from 'b';\nlet c: 5 | 'x';\ntype D = 7;", []],
    ["const a = b as 5", []],
  ])("in %s", (code, expected) => {
    expect(plantAll(code).sort()).toEqual(expected.sort());
  });

  test("an if can always or never hold, and lose its return", () => {
    expect(plantAll("function f() { if (a) return b; }")).toEqual([
      "if (true): function f() { if (true) return b; }",
      "if (false): function f() { if (false) return b; }",
      "without the return: function f() { if (a) ; }",
    ]);
  });

  test("have the line that they are in", () => {
    expect(mutantsOf("a.ts", "const a = 0;\n\nconst b = 0;").map(({ line }: Mutant) => line)).toEqual([1, 3]);
  });
});

test("a sample goes through the layers in turn, has nothing twice, and is the same for the same seed", () => {
  const mutants = Array.from({ length: 5 }, (_, n) => ({ operator: String(n), line: n }));
  const layers = new Map([
    ["a", [{ path: "a.ts", code: "", layer: "a", mutants }]],
    ["b", [{ path: "b.ts", code: "", layer: "b", mutants: mutants.slice(0, 2) }]],
  ]);
  const draw = (): string[] =>
    sample(layers, 4, createRandom(7)).map(
      ({ layer, operator }: { layer: string; operator: string }) => layer + operator,
    );
  expect(draw().map(([layer]) => layer)).toEqual(["a", "b", "a", "b", "a", "a"]);
  expect(new Set(draw()).size).toBe(6);
  expect(draw()).toEqual(draw());
});

test("the tests of a file are those beside it, then those of its layer, then all that reach it", () => {
  const { near, far } = testsFor(fileURLToPath(new URL("../", import.meta.url)))("src/heap/bget.ts");
  expect(near[0]).toBe("src/heap/bget.test.ts");
  expect(near.every((path: string) => path.startsWith("src/heap/"))).toBe(true);
  expect(far).toContain("src/malloc/malloc.test.ts");
  expect(far).toContain("test/cli_run.test.ts");
  expect(far).not.toContain("src/base/format.test.ts");
});
