// Tests of the tree of a flame graph.
import { describe, expect, test } from "vitest";
import type { BlockOwner } from "./block_owner.ts";
import { holderChanges, momentSuspects } from "./changes.ts";
import { type FlameNode, flameOf } from "./flame.ts";

const NOBODY: BlockOwner = { place: "", func: "", thread: "", ta: "", command: "", mark: "" };

describe("the tree of a flame graph", () => {
  const owners: BlockOwner[] = [
    { ...NOBODY, place: "core/a.c:1", func: "f", ta: "T" },
    { ...NOBODY, place: "core/a.c:2", func: "g", ta: "T" },
    { ...NOBODY, place: "core/b.c:3", func: "h" },
    NOBODY,
  ];
  const sums = [
    { owner: 0, blocks: 1, bytes: 10 },
    { owner: 1, blocks: 2, bytes: 30 },
    { owner: 2, blocks: 1, bytes: 20 },
    { owner: 3, blocks: 1, bytes: 5 },
  ];

  test("has the groupings from the outermost on, and passes over what has no name", () => {
    expect(flameOf(sums, owners, ["ta", "file", "site"])).toEqual({
      name: "",
      blocks: 5,
      bytes: 65,
      inner: [
        {
          name: "T",
          blocks: 3,
          bytes: 40,
          inner: [
            {
              name: "core/a.c",
              blocks: 3,
              bytes: 40,
              inner: [
                { name: "core/a.c:2", blocks: 2, bytes: 30, inner: [] },
                { name: "core/a.c:1", blocks: 1, bytes: 10, inner: [] },
              ],
            },
          ],
        },
        {
          name: "core/b.c",
          blocks: 1,
          bytes: 20,
          inner: [{ name: "core/b.c:3", blocks: 1, bytes: 20, inner: [] }],
        },
        { name: "unknown", blocks: 1, bytes: 5, inner: [{ name: "unknown", blocks: 1, bytes: 5, inner: [] }] },
      ],
    });
  });

  test("of nothing is empty", () => {
    expect(flameOf([], owners, ["site"])).toEqual({ name: "", blocks: 0, bytes: 0, inner: [] });
  });
});

describe("several moments", () => {
  const held = (site: string, blocks: number, bytes: number) => ({ site, blocks, bytes });

  test("two: what grew and what shrank, nothing else", () => {
    const changes = holderChanges(
      [held("a", 1, 10), held("b", 1, 20)],
      [held("a", 3, 30), held("c", 1, 5), held("b", 1, 20)],
    );
    expect(changes.map(({ site, blocks, bytes }) => [site, blocks, bytes])).toEqual([
      ["a", 2, 20],
      ["c", 1, 5],
    ]);
  });

  test("three: a leak grows twice, a cache once", () => {
    const found = momentSuspects(
      [held("leak", 1, 8), held("cache", 0, 0)],
      [held("leak", 2, 16), held("cache", 1, 100)],
      [held("leak", 3, 24), held("cache", 1, 100), held("new", 1, 4)],
    );
    expect(found.map(({ site, kind }) => [site, kind])).toEqual([
      ["leak", "leak"],
      ["new", "new"],
      ["cache", "kept"],
    ]);
  });
});

test("has the functions of a call stack on one another, and the line that asked at the end", () => {
  const owners: BlockOwner[] = [
    {
      ...NOBODY,
      place: "ta/x.c:2",
      func: "f",
      stack: "lib/libutee/tee_api.c:9\tTEE_Malloc\nta/x.c:2\tf\nta/x.c:7\tmain",
    },
    { ...NOBODY, place: "ta/x.c:5", func: "main", stack: "ta/x.c:5\tmain" },
    { ...NOBODY, place: "core/a.c:1", func: "g" },
  ];
  const sums = [0, 1, 2].map((owner) => ({ owner, blocks: 1, bytes: 4 - owner }));
  const paths = (node: FlameNode, path = ""): string[] => [
    `${path}${node.name} ${node.bytes}`,
    ...node.inner.flatMap((inner) => paths(inner, `${path}${node.name}/`)),
  ];
  expect(paths(flameOf(sums, owners, ["stack"]))).toEqual([
    " 9",
    "/main 7",
    "/main/f 4",
    "/main/f/ta/x.c:2 4",
    "/main/ta/x.c:5 3",
    "/core/a.c:1 2",
  ]);
});
