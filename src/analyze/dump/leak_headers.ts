// Detects whether the blocks of a dump have leak headers.
import type { Memory } from "../../heap/memory.ts";
import type { PoolWalk } from "../../heap/walk.ts";
import { damagedPart, leakHeaderSize } from "../../malloc/leak_header.ts";
import { RELEASES } from "../../release/releases.ts";

/** Whether most allocated blocks begin with a leak header: then all do, and the others are damaged. */
export function hasLeakHeaders(m: Memory, walks: readonly PoolWalk[]): boolean {
  const fields = RELEASES[0].allocator.leakLayout[m.geometry.word];
  const used = walks.flatMap(({ blocks }) => blocks).filter(({ free }) => !free);
  const headed = used.filter(
    ({ at, size }) =>
      size >= m.geometry.header + leakHeaderSize(m) && damagedPart(m, at + m.geometry.header, fields) !== "header",
  );
  return headed.length > 0 && 2 * headed.length >= used.length;
}
