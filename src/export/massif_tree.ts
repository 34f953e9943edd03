// Draws the tree of holders in a massif snapshot.
import { frameText, type StackFrame } from "./stack_frame.ts";
import type { Stacks } from "./stacks.ts";

/** Share of the whole below which places are put together, as massif does it. */
const THRESHOLD = 0.01;

interface Node {
  bytes: number;
  readonly children: Map<string, Node>;
}

/** Who holds what, as massif draws it: call sites, under each who called it, the tests or commands, and the heaps. */
export function massifTree(stacks: Stacks, live: Float64Array): string {
  const root: Node = { bytes: 0, children: new Map() };
  for (const [id, stack] of stacks.list.entries()) {
    const bytes = live[id] as number;
    if (bytes === 0) continue;
    let node = root;
    node.bytes += bytes;
    for (const frame of stacks.frames(stack)) {
      const name = nameOf(frame);
      const child: Node = node.children.get(name) ?? { bytes: 0, children: new Map() };
      node.children.set(name, child);
      child.bytes += bytes;
      node = child;
    }
  }
  const lines: string[] = [];
  draw(root, "(heap allocations of the trusted OS and its TAs)", 0, root.bytes, lines);
  return lines.join("");
}

function draw(node: Node, name: string, depth: number, total: number, lines: string[]): void {
  const sorted = [...node.children].sort(([a, one], [b, other]) => other.bytes - one.bytes || (a < b ? -1 : 1));
  const shown = sorted.filter(([, { bytes }]) => bytes >= THRESHOLD * total);
  const small = sorted.slice(shown.length);
  const indent = " ".repeat(depth);
  lines.push(`${indent}n${shown.length + (small.length > 0 ? 1 : 0)}: ${node.bytes} ${name}\n`);
  for (const [child, below] of shown) draw(below, child, depth + 1, total, lines);
  if (small.length === 0) return;
  const bytes = small.reduce((sum, [, below]) => sum + below.bytes, 0);
  // massif's own words: massif-visualizer knows by them that this is no function.
  const where = `in ${small.length} ${small.length === 1 ? "place" : "places"}, all below massif's threshold (1.00%)`;
  lines.push(`${indent} n0: ${bytes} ${where}\n`);
}

/** ms_print takes what comes after a number sign for a comment. */
function nameOf(frame: StackFrame): string {
  return frameText(frame).replaceAll("#", "+");
}
