// A flame graph as a list, for those who do not see the picture.
import type { FlameNode } from "../../../analyze/ranges/flame.ts";
import { grouped } from "../../../base/format.ts";

/** Inner boxes of each that are listed. */
const MOST = 12;

export function FlameList({ node, depth = 0 }: { readonly node: FlameNode; readonly depth?: number }) {
  const rest = node.inner.length - MOST;
  return (
    <ul class={depth === 0 ? "unseen" : ""}>
      {node.inner.slice(0, MOST).map((inner) => (
        <li key={inner.name}>
          {inner.name}: {grouped(inner.bytes)} bytes in {grouped(inner.blocks)} blocks
          {inner.inner.length > 0 && <FlameList node={inner} depth={depth + 1} />}
        </li>
      ))}
      {rest > 0 && <li>and {grouped(rest)} more</li>}
    </ul>
  );
}
