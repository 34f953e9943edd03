// Tests of where the boxes of a flame graph lie.
import { expect, test } from "vitest";
import type { FlameNode } from "../../../analyze/ranges/flame.ts";
import { boxAt, flameBoxes, neighbour } from "./flame_boxes.ts";

const leaf = (name: string, bytes: number, inner: FlameNode[] = []): FlameNode => ({ name, blocks: 1, bytes, inner });
const root = leaf("", 100, [leaf("a", 60, [leaf("x", 45), leaf("y", 15)]), leaf("b", 40, [leaf("z", 40)])]);
const rounded = (share: number): number => Number(share.toFixed(9));
const places = (focus: string[], least = 0) =>
  flameBoxes(root, focus, least).map(({ path, from, to }) => [path.join("/"), rounded(from), rounded(to)]);

test("a box lies on the one that it is in, as wide as its bytes", () => {
  expect(places([])).toEqual([
    ["", 0, 1],
    ["a", 0, 0.6],
    ["a/x", 0, 0.45],
    ["a/y", 0.45, 0.6],
    ["b", 0.6, 1],
    ["b/z", 0.6, 1],
  ]);
});

test("the box in focus takes the whole width, and so do those above it", () => {
  expect(places(["a"])).toEqual([
    ["", 0, 1],
    ["a", 0, 1],
    ["a/x", 0, 0.75],
    ["a/y", 0.75, 1],
  ]);
  expect(places(["a", "y"])).toEqual([
    ["", 0, 1],
    ["a", 0, 1],
    ["a/y", 0, 1],
  ]);
});

test("what is too narrow to be seen is left out", () =>
  expect(places([], 0.2).map(([path]) => path)).not.toContain("a/y"));

test("arrow keys lead from box to box", () => {
  const boxes = flameBoxes(root, [], 0);
  const at = boxAt(boxes, 0.5, 2);
  if (at === undefined) throw new Error("no box");
  const lead = (key: string): string | undefined => neighbour(boxes, at, key)?.path.join("/");
  expect([at.path.join("/"), lead("ArrowUp"), lead("ArrowLeft"), lead("ArrowRight"), lead("ArrowDown")]).toEqual([
    "a/y",
    "a",
    "a/x",
    "b/z",
    undefined,
  ]);
  expect(boxAt(boxes, 0.5, 9)).toBe(undefined);
});
