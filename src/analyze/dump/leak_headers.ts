// Tells by the magic numbers which layout the leak headers of a dump have, and checks each header in its own.
import type { Memory } from "../../heap/memory.ts";
import type { Block, Damage, PoolWalk } from "../../heap/walk.ts";
import { checkLeakHeaders } from "../../malloc/check_leak_headers.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { damagedPart, leakHeaderSize, releaseOfLeakHeader } from "../../malloc/leak_header.ts";
import type { Release } from "../../release/release.ts";

/** A layout of leak headers, and how many blocks have it. */
export interface LeakHeaderCount {
  /** The oldest release with this layout. */
  readonly release: Release;
  readonly blocks: number;
}

/**
 * Layouts of the leak headers of allocated blocks, the most frequent first. Empty if fewer than half of the blocks begin with
 * one: then none has any. Otherwise all have, and those without are damaged.
 */
export function leakHeadersOf(m: Memory, walks: readonly PoolWalk[]): LeakHeaderCount[] {
  const used = walks.flatMap(({ blocks }) => blocks).filter(({ free }) => !free);
  const counts = new Map<Release, { headed: number; whole: number }>();
  let headed = 0;
  for (const { at, size } of used) {
    const header = at + m.geometry.header;
    const release = size < m.geometry.header + leakHeaderSize(m) ? null : releaseOfLeakHeader(m, header);
    if (release === null) continue;
    headed++;
    const count = counts.get(release) ?? { headed: 0, whole: 0 };
    const whole = damagedPart(m, header, release.allocator.leakLayout[m.geometry.word]) === null;
    counts.set(release, { headed: count.headed + 1, whole: count.whole + (whole ? 1 : 0) });
  }
  if (headed === 0 || 2 * headed < used.length) return [];
  return (
    [...counts]
      .sort(([, a], [, b]) => b.headed - a.headed)
      // By chance a payload has the number where another layout has it, but no footer where that one would have it.
      .filter(([, { whole }], n) => n === 0 || whole > 0)
      .map(([release, count]) => ({ release, blocks: count.headed }))
  );
}

/** Faults of leak headers, by the layout that fits each block; `contexts`: one for each layout, the most frequent first. */
export function checkLeakLayouts(contexts: readonly MallocContext[], walks: readonly PoolWalk[]): Damage[] {
  const [main, ...others] = contexts.map((ctx) => walks.flatMap((walk) => checkLeakHeaders(ctx, walk)));
  const soundIn = (faults: readonly Damage[], block: number): boolean => !faults.some(({ at }) => at === block);
  return (main ?? []).filter(({ at }) => !others.some((faults) => soundIn(faults, at)));
}

/** Of the contexts of a heap, the one whose layout the leak header of a block has. */
export function contextFor(contexts: readonly [MallocContext, ...MallocContext[]], block: Block): MallocContext {
  const [main] = contexts;
  const header = block.at + main.heap.geometry.header;
  const fits = (ctx: MallocContext): boolean => damagedPart(ctx.heap.memory, header, ctx.leakFields) === null;
  return contexts.find(fits) ?? main;
}
