// Checks the layers of this project, and the check itself.
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { heart, importsOf, layerProblems, layers, readTree } from "./layers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

function problemsOf(tree: Record<string, string>): string[] {
  return layerProblems(new Map(Object.entries(tree)));
}

describe("this project", () => {
  const files = readTree(root, "src");

  test("keeps its layers and has no import cycles", () => {
    expect(layerProblems(files)).toEqual([]);
  });

  test("is seen by the scanner", () => {
    expect(files.has("src/heap/bget.ts")).toBe(true);
    expect(importsOf(files.get("src/heap/bget.ts") ?? "")).toContain("./search.ts");
    // Every line that ends in a specifier has been understood.
    for (const [path, source] of files) {
      const lines = source.match(/^(?:import|export|\}).* from "[^"]*";$/gm) ?? [];
      expect(importsOf(source).length, path).toBeGreaterThanOrEqual(lines.length);
    }
  });
});

describe("the table", () => {
  test("names only layers that exist, and lower ones", () => {
    const seen = new Set<string>();
    for (const name of [
      "base",
      "text",
      "debug_info",
      "release",
      "platform",
      "heap",
      "malloc",
      "library",
      "abi",
      "tee",
      "wasm",
      "fuzz",
      "xtest",
      "wire",
      "replay",
      "regression",
      "recording",
      "analyze",
      "daemon",
      "source",
      "node",
      "live",
      "export",
      "serve",
      "view",
      "toolchain",
      "cli",
    ]) {
      for (const lower of layers[name]?.may ?? []) expect(seen, `${name} -> ${lower}`).toContain(lower);
      seen.add(name);
    }
    expect([...seen].sort()).toEqual(Object.keys(layers).sort());
  });

  test("knows the heart", () => {
    expect(heart).toEqual([
      "base",
      "text",
      "debug_info",
      "release",
      "platform",
      "heap",
      "malloc",
      "library",
      "abi",
      "tee",
      "wasm",
      "fuzz",
      "xtest",
      "wire",
      "regression",
    ]);
  });
});

describe("the scanner", () => {
  test.each([
    ['import { a } from "./a.ts";', ["./a.ts"]],
    ['import {\n  a, // one\n  type B,\n} from "./a.ts";', ["./a.ts"]],
    ['import type { A } from "./a.ts";', ["./a.ts"]],
    ['import a, { type B } from "pkg";', ["pkg"]],
    ["import * as fs from 'node:fs';", ["node:fs"]],
    ['import A from "./a.ts?worker&inline";', ["./a.ts"]],
    ['import "./a.ts";import{b}from"./b.ts"', ["./b.ts", "./a.ts"]],
    ['export { a } from "./a.ts";', ["./a.ts"]],
    ['export type { A } from "./a.ts";', ["./a.ts"]],
    ['export * from "./a.ts";\nexport * as b from "./b.ts";', ["./a.ts", "./b.ts"]],
    ['const a = await import("./a.ts");', ["./a.ts"]],
    ['let a: import("./a.ts").A;', ["./a.ts"]],
    ["await import(`./a.ts`);", ["./a.ts"]],
    ["await import(name);", [""]],
    ["await import(`./$" + "{name}.ts`);", [""]],
    ['// import { a } from "./a.ts";\n/**\n * export * from "./a.ts"; */', []],
    ['export const from = "./a.ts";\nconst text = \'import x from "y"\';', []],
    ["export const url = import.meta.url;", []],
  ])("%j", (source, expected) => {
    expect(importsOf(source)).toEqual(expected);
  });
});

describe("a bad tree fails", () => {
  const a = "export const a = 1;";

  test("good one first", () => {
    const tree = {
      "src/base/a.ts": a,
      "src/heap/a.ts": 'import { a } from "../base/a.ts";',
      "src/heap/a.test.ts": 'import "node:fs";\nimport "vitest";\nimport "../../test/golden.ts";\nimport "./a.ts";',
      "src/replay/a.ts": 'import "crc-32";\nimport "../heap/a.ts";',
      "src/source/a.ts": 'import "node:net";',
    };
    expect(problemsOf(tree)).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      "upward",
      { "src/base/a.ts": a, "src/heap/a.ts": a, "src/base/b.ts": 'import { a } from "../heap/a.ts";' },
      "base may not import heap",
    ],
    [
      "sideward",
      { "src/abi/a.ts": a, "src/heap/b.ts": 'import type { A } from "../abi/a.ts";' },
      "heap may not import abi",
    ],
    [
      "upward by a test",
      { "src/tee/a.ts": a, "src/heap/b.test.ts": 'import "../tee/a.ts";' },
      "heap may not import tee",
    ],
    ["node in the heart", { "src/malloc/a.ts": 'import { readFileSync } from "node:fs";' }, "nothing from outside"],
    ["package in the heart", { "src/tee/a.ts": 'await import("crc-32");' }, "nothing from outside"],
    ["node in a view", { "src/view/terminal/a.ts": 'import "node:tty";' }, "no node:*"],
    [
      "a door",
      { "src/heap/index.ts": a, "src/malloc/a.ts": 'import { a } from "../heap/index.ts";' },
      "a door of the package",
    ],
    [
      "own door",
      { "src/heap/index.ts": a, "src/heap/a.test.ts": 'import { a } from "./index.ts";' },
      "a door of the package",
    ],
    ["the package itself", { "src/cli/a.ts": 'import "teemem/heap";' }, "a door of the package"],
    ["a test", { "src/heap/a.test.ts": a, "src/heap/b.ts": 'import "./a.test.ts";' }, "imports the test"],
    ["out of src", { "src/heap/a.ts": 'import "../../test/golden.ts";' }, "which is not in src"],
    ["nowhere", { "src/heap/a.ts": 'import "./b.ts";' }, "which does not exist"],
    ["computed", { "src/cli/a.ts": "await import(name);" }, "a computed name"],
    ["unknown folder", { "src/utils/a.ts": a }, "no layer has this folder"],
    ["file outside of a layer", { "src/a.ts": a }, "no layer has this folder"],
    [
      "cycle of two",
      { "src/heap/a.ts": 'import "./b.ts";', "src/heap/b.ts": 'import type { A } from "./a.ts";' },
      "cycle: src/heap/a.ts -> src/heap/b.ts -> src/heap/a.ts",
    ],
    ["a release by name", { "src/xtest/a.ts": 'export const a = (layout) => layout === "4.0";' }, "ask its row"],
    ["a release by name, the other way round", { "src/tee/a.ts": "if ('4.10.0' !== version) a();" }, "ask its row"],
    ["a release by its first version", { "src/tee/a.ts": "const a = release.since >= wanted;" }, "ask its row"],
    ["cycle of one", { "src/heap/a.ts": 'import "./a.ts";' }, "cycle: src/heap/a.ts -> src/heap/a.ts"],
    [
      "cycle of three, entered from outside",
      {
        "src/heap/0.ts": 'import "./a.ts";',
        "src/heap/a.ts": 'import "./b.ts";',
        "src/heap/b.ts": 'import "./c.ts";',
        "src/heap/c.ts": 'import "./a.ts";',
      },
      "cycle: src/heap/a.ts -> src/heap/b.ts -> src/heap/c.ts -> src/heap/a.ts",
    ],
  ])("%s", (_, tree, message) => {
    const problems = problemsOf(tree);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});
