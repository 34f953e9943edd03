// First fit by index: over the blocks in the order of the list stands a tree of maxima, each node over 16 below it.

/**
 * Nodes of all levels, the leaves first. A leaf is twice its block's size in quanta, 0 without a block. An inner node is
 * twice the largest size M below it, plus 1 if there is also a block of M - 1: a block that is exactly one quantum too
 * large cannot be used, so whether something fits is only then known from the node alone.
 */
export interface MaxTree {
  readonly nodes: Int32Array;
  /** Where each level begins in `nodes`, then the end. The last level has at most 16 nodes. */
  readonly levels: Int32Array;
  /** Number of levels. */
  readonly depth: number;
}

/** A tree without blocks. `leaves` is a multiple of 16. */
export function createMaxTree(leaves: number): MaxTree {
  const starts = [0];
  let end = 0;
  for (let count = leaves; ; count = Math.ceil(count / 16)) {
    // Whole groups, so that none is cut off at the end of a level.
    end += (count + 15) & ~15;
    starts.push(end);
    if (count <= 16) break;
  }
  return { nodes: new Int32Array(end), levels: Int32Array.from(starts), depth: starts.length - 1 };
}

/** Sets all inner nodes by the leaves. */
export function fillMaxTree({ nodes, levels, depth }: MaxTree): void {
  for (let level = 0; level < depth - 1; level++) {
    const start = levels[level] as number;
    const above = levels[level + 1] as number;
    const groups = (above - start) >> 4;
    for (let g = 0; g < groups; g++) nodes[above + g] = maximum(nodes, start + (g << 4));
  }
}

/** Sets a leaf to a size in quanta, or to 0. */
export function setLeaf(tree: MaxTree, leaf: number, size: number): void {
  const { nodes, levels, depth } = tree;
  let at = leaf;
  let index = leaf;
  let now = size << 1;
  for (let level = 1; level < depth; level++) {
    const was = nodes[at] as number;
    if (was === now) return;
    nodes[at] = now;
    index >>= 4;
    const above = (levels[level] as number) + index;
    const node = nodes[above] as number;
    const most = node >> 1;
    const largest = now >> 1;
    let next = node;
    if (was >> 1 < most - 1) {
      if (largest < most - 1) return;
      if (largest > most) next = now | (largest - 1 === most ? 1 : 0);
      else next = largest === most ? node | now : node | 1;
    } else next = maximum(nodes, at & ~15);
    at = above;
    now = next;
  }
  nodes[at] = now;
}

/**
 * The first leaf from `from` on that is of `size` quanta, or at least two more; -1 if there is none. With `loose`, one
 * more will do, too.
 */
export function findLeaf(tree: MaxTree, from: number, size: number, loose: boolean): number {
  const { nodes, levels, depth } = tree;
  const least = size << 1;
  const not = loose ? -1 : least + 2;
  const last = depth - 1;
  let level = last;
  let index = 0;
  let end = (levels[depth] as number) - (levels[last] as number);
  if (from > 0 && last > 0) {
    level = 0;
    index = from;
    end = ((from - 1) & ~15) + 16;
  } else index = from;
  for (;;) {
    const start = levels[level] as number;
    while (index < end) {
      const node = nodes[start + index] as number;
      if (node >= least && node !== not) break;
      index++;
    }
    if (index < end) {
      if (level === 0) return index;
      level--;
      index <<= 4;
      end = index + 16;
    } else {
      if (level === last) return -1;
      // Right of the parent, as far as its group goes.
      level++;
      index = end >> 4;
      end = level === last ? (levels[depth] as number) - (levels[last] as number) : ((index - 1) & ~15) + 16;
    }
  }
}

/** What stands in the node over the group of 16 that begins at `at`. */
function maximum(nodes: Int32Array, at: number): number {
  let most = 0;
  let second = 0;
  let both = 0;
  for (let i = at; i < at + 16; i++) {
    const node = nodes[i] as number;
    const size = node >> 1;
    if (size > most) {
      second = most;
      most = size;
      both = node & 1;
    } else if (size === most) both |= node & 1;
    else if (size > second) second = size;
  }
  return (most << 1) | both | (second > 0 && second === most - 1 ? 1 : 0);
}
