// The tree of a flame graph: who holds what, within whom.
import { siteFrames } from "../site_frames.ts";
import { type BlockOwner, GROUPINGS, type Grouping } from "./block_owner.ts";
import type { OwnedSum } from "./range_sums.ts";

/** One box of a flame graph. Bytes with block headers; those of a box are the sum of the boxes on it. */
export interface FlameNode {
  readonly name: string;
  readonly blocks: number;
  readonly bytes: number;
  /** The most bytes first; equal ones by name. */
  readonly inner: readonly FlameNode[];
}

interface Growing {
  readonly name: string;
  blocks: number;
  bytes: number;
  readonly inner: Map<string, Growing>;
}

/** Builds the tree by these groupings, from the outermost to the innermost. A group without a name is passed over. */
export function flameOf(
  sums: Iterable<OwnedSum>,
  owners: readonly BlockOwner[],
  groupings: readonly Grouping[],
): FlameNode {
  const root = growing("");
  for (const { owner, blocks, bytes } of sums) {
    let node = root;
    grow(node, blocks, bytes);
    for (const grouping of groupings) {
      for (const name of namesOf(owners[owner] as BlockOwner, grouping)) {
        const inner = node.inner.get(name) ?? growing(name);
        node.inner.set(name, inner);
        grow(inner, blocks, bytes);
        node = inner;
      }
    }
  }
  return settled(root);
}

/** The boxes of an owner, from the outermost on: those of a stack are its functions, then the line that asked. */
function namesOf(owner: BlockOwner, grouping: Grouping): readonly string[] {
  const way = grouping === "stack" && owner.stack !== undefined ? siteFrames(owner) : [];
  const names = way.map(({ func, place }) => func || place).toReversed();
  const last = way.length > 0 ? GROUPINGS.site(owner) : GROUPINGS[grouping](owner);
  return [...names, last].filter((name) => name !== "");
}

function growing(name: string): Growing {
  return { name, blocks: 0, bytes: 0, inner: new Map() };
}

function grow(node: Growing, blocks: number, bytes: number): void {
  node.blocks += blocks;
  node.bytes += bytes;
}

function settled({ name, blocks, bytes, inner }: Growing): FlameNode {
  const nodes = Array.from(inner.values(), settled);
  nodes.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  return { name, blocks, bytes, inner: nodes };
}
