// Where the boxes of a flame graph lie.
import type { FlameNode } from "../../../analyze/ranges/flame.ts";

/** A box: names from the root to it, its row from the top, and its share of the width, from 0 to 1. */
export interface FlameBox {
  readonly path: readonly string[];
  readonly node: FlameNode;
  readonly depth: number;
  readonly from: number;
  readonly to: number;
  /** Its outermost name is the n-th largest. */
  readonly family: number;
}

/** The boxes that are seen while one of them, named by its path, takes the whole width; those narrower than `least` are left out. */
export function flameBoxes(root: FlameNode, focus: readonly string[], least: number): FlameBox[] {
  const boxes: FlameBox[] = [];
  const lay = (node: FlameNode, path: readonly string[], from: number, to: number, family: number): void => {
    if (to - from < least) return;
    boxes.push({ path, node, depth: path.length, from, to, family });
    const name = focus[path.length];
    const isAbove = name !== undefined && path.every((one, n) => one === focus[n]);
    let next = from;
    node.inner.forEach((inner, n) => {
      const kin = path.length === 0 ? n : family;
      if (isAbove) {
        if (inner.name === name) lay(inner, [...path, inner.name], from, to, kin);
        return;
      }
      const width = node.bytes === 0 ? 0 : ((to - from) * inner.bytes) / node.bytes;
      lay(inner, [...path, inner.name], next, next + width, kin);
      next += width;
    });
  };
  lay(root, [], 0, 1, -1);
  return boxes;
}

/** The box at a place: `x` from 0 to 1, and the row. */
export function boxAt(boxes: readonly FlameBox[], x: number, depth: number): FlameBox | undefined {
  return boxes.find((box) => box.depth === depth && x >= box.from && x < box.to);
}

/** The box that an arrow key leads to. */
export function neighbour(boxes: readonly FlameBox[], at: FlameBox, key: string): FlameBox | undefined {
  const row = (depth: number): FlameBox[] => boxes.filter((box) => box.depth === depth);
  switch (key) {
    case "ArrowUp":
      return row(at.depth - 1).find(({ from, to }) => from <= at.from && to >= at.to);
    case "ArrowDown":
      return row(at.depth + 1).find(({ from }) => from >= at.from && from < at.to);
    case "ArrowLeft":
      return row(at.depth).findLast(({ to }) => to <= at.from + 1e-12);
    case "ArrowRight":
      return row(at.depth).find(({ from }) => from >= at.to - 1e-12);
    default:
      return undefined;
  }
}

export function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, n) => name === b[n]);
}
