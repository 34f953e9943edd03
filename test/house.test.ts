// The tree is as it should be, and each check finds a tree that is not.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { deadExports, folderCircles, longFunctions, type Tree, unusedPermissions } from "./house.ts";
import { readTree } from "./layers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const tree = (files: Record<string, string>): Tree => new Map(Object.entries(files));

describe("this project", () => {
  const files = readTree(root, "src");
  const users = new Map(["test", "bench", "scripts", "examples"].flatMap((folder) => [...readTree(root, folder)]));

  it("has no folders that import each other in a circle", () => expect(folderCircles(files)).toEqual([]));
  it("has no permission that nobody uses", () => expect(unusedPermissions(files)).toEqual([]));
  it("exports nothing that nobody imports", () => expect(deadExports(files, users)).toEqual([]));
  it("has a reason for each function of more than 70 lines", () => expect(longFunctions(files)).toEqual([]));
});

describe("folders in a circle are found", () => {
  it.each<readonly [string, Record<string, string>, string]>([
    [
      "deep in a layer",
      {
        "src/a/x/p.ts": 'import "../y/q.ts";',
        "src/a/y/q.ts": "",
        "src/a/y/r.ts": 'import "../x/s.ts";',
        "src/a/x/s.ts": "",
      },
      "src/a/x -> src/a/y",
    ],
    [
      "between a folder and its own files",
      { "src/a/p.ts": 'import "./x/q.ts";', "src/a/x/q.ts": "", "src/a/x/r.ts": 'import "../s.ts";', "src/a/s.ts": "" },
      "src/a -> src/a/x",
    ],
    [
      "between layers, by way of their folders",
      {
        "src/a/x/p.ts": 'import "../../b/q.ts";',
        "src/b/q.ts": "",
        "src/b/y/r.ts": 'import "../../a/z/s.ts";',
        "src/a/z/s.ts": "",
      },
      "src/a -> src/b",
    ],
  ])("%s", (_, files, circle) => expect(folderCircles(tree(files))).toEqual([circle]));

  it("but a door may import from everywhere", () => {
    expect(
      folderCircles(
        tree({
          "src/a/index.ts": 'export { b } from "./x/q.ts";',
          "src/a/x/q.ts": 'import "../s.ts";',
          "src/a/s.ts": "",
        }),
      ),
    ).toEqual([]);
  });
});

it("a permission is unused where no file of the layer imports from the other", () => {
  const used = { "src/malloc/a.ts": 'import "../heap/b.ts";', "src/heap/b.ts": "" };
  expect(unusedPermissions(tree(used))).not.toContain("malloc -> heap");
  expect(unusedPermissions(tree({ "src/malloc/a.ts": "", "src/heap/b.ts": "" }))).toContain("malloc -> heap");
});

describe("an export", () => {
  const files = { "src/a/x.ts": "export const one = 1;\nexport type Two = 2;" };
  it("that nobody imports is dead", () => {
    expect(deadExports(tree(files), tree({}))).toEqual([
      "src/a/x.ts: nobody imports one",
      "src/a/x.ts: nobody imports Two",
    ]);
  });
  it.each([
    ["a file of the tree", { ...files, "src/b/y.ts": 'import { one, type Two } from "../a/x.ts";' }, {}],
    ["a door", { ...files, "src/a/index.ts": 'export { one, type Two } from "./x.ts";' }, {}],
    ["a program outside", files, { "bench/y.js": 'import("../dist/a/x.js");' }],
  ])("that %s imports is not", (_, all, users) => {
    expect(deadExports(tree(all), tree(users as Record<string, string>))).toEqual([]);
  });
});

it("a long function is found, unless its comment says why it is long", () => {
  const body = `function f() {\n${"  g();\n".repeat(70)}}\n`;
  expect(longFunctions(tree({ "src/a/x.ts": `/** Does. */\n${body}` }))).toHaveLength(1);
  expect(longFunctions(tree({ "src/a/x.ts": `/** Does. Long: one table of steps. */\n${body}` }))).toEqual([]);
  expect(longFunctions(tree({ "src/a/x.ts": body.replace("  g();\n  g();\n", "") }))).toEqual([]);
});
