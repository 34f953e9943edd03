// Reports on one heap of a dump: its blocks, who allocated them, and what is wrong.
import { checkWalk } from "../../heap/check.ts";
import { checkFreeList } from "../../heap/check_list.ts";
import type { Block, Damage, PoolWalk } from "../../heap/walk.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { damagedPart, readLeakHeader } from "../../malloc/leak_header.ts";
import { siteAt } from "../../malloc/site.ts";
import { RELEASES } from "../../release/releases.ts";
import type { AllocatorState } from "./allocator_state.ts";
import { checkNamedPools } from "./check_table.ts";
import type { DumpBlock, DumpLeakLayout, DumpReport } from "./dump_report.ts";
import { type Gap, touches } from "./gap.ts";
import { contextsOf } from "./heap_contexts.ts";
import { inFlight } from "./in_flight.ts";
import { checkLeakLayouts, contextFor, type LeakHeaderCount, leakHeadersOf } from "./leak_headers.ts";
import type { DumpOptions } from "./options.ts";
import type { HeapOwner } from "./owner.ts";
import type { DumpHeap } from "./placed.ts";
import { slideOf } from "./slide.ts";
import { underWay } from "./under_way.ts";
import { walkThrough } from "./walk_through.ts";

/**
 * What is in a heap, and what is wrong with it. Its state is still unknown. `alone`: all its pools are there; else links
 * that lead out of them say nothing. `counted`: what the allocator says of it outside of the
 * heap; `locked`: whether its lock was held, null if that is not known.
 */
export function reportOn(
  found: DumpHeap,
  options: DumpOptions,
  alone = true,
  counted: AllocatorState | null = null,
  locked: boolean | null = null,
): DumpReport {
  const { memory, offset, pools, table, baseFrom, contradicted } = found;
  const parts = pools.map((pool) => walkThrough(memory, pool));
  const walks = parts.map(({ walk }) => walk);
  const whole = parts.flatMap(({ walk, rest }) => [walk, ...rest]);
  const counts = leakHeadersOf(memory, walks);
  const leakHeaders = options.leakHeaders ?? counts.length > 0;
  const slide = leakHeaders ? slideOf(namesIn(found, whole, counts), options.programs ?? [], options.shift) : null;
  const program = options.programs?.find(({ name }) => name === slide?.program);
  const nameAt = program === undefined ? options.nameAt : (at: number) => program.at(at - (slide?.shift ?? 0));
  const layouts = counts.length > 0 ? counts : [{ release: RELEASES[0], blocks: 0 }];
  const builds = layouts.map(({ release }) => contextsOf(found, { leakHeaders, release, nameAt }));
  const [[ctx, ...others]] = builds as [[MallocContext, ...MallocContext[]]];
  const contexts = builds.map(([first]) => first) as [MallocContext, ...MallocContext[]];
  const leakFaults = leakHeaders ? checkLeakLayouts(contexts, whole) : [];
  const blocks = whole.flatMap((walk) => walk.blocks);
  const otherFaults = [
    ...checkNamedPools(ctx, walks, table, baseFrom),
    ...walks.flatMap((walk) => checkWalk(memory, walk)),
    ...(alone ? [ctx, ...others].flatMap(({ heap }) => checkFreeList(heap, walks)) : []),
  ];
  const all = unique([...otherFaults, ...leakFaults]);
  // With its lock held the heap is in the middle of an operation, without it is not; where nothing tells, the bytes do.
  const working =
    locked === true && counted !== null
      ? ((leakHeaders ? inFlight(ctx, blocks, all) : null) ?? underWay(ctx, counted, blocks, all))
      : null;
  const pending = working ?? (leakHeaders && locked !== false ? inFlight(ctx, blocks, leakFaults) : null);
  const faults = working !== null ? [] : pending === null ? all : unique(otherFaults);
  const gaps = (options.gaps ?? []).map(({ at, length }) => ({ at: at - offset, length }));
  const lost = parts.flatMap((part) => part.lost);
  const doubtful = (fault: Damage): boolean => inGap(fault, gaps, blocks) || lost.some((one) => touches(gaps, one));
  const site = (at: number): string | null => siteAt(contextFor(contexts, { ...NO_BLOCK, at }), at);
  const damage = faults.filter((fault) => !doubtful(fault));
  return {
    word: memory.geometry.word,
    offset,
    base: memory.base,
    baseFrom,
    contradicted,
    leakHeaders,
    leakLayouts: leakHeaders ? counts.flatMap((count) => layoutOf(count, memory.geometry.word)) : [],
    inFlight: pending,
    slide,
    table: table !== null,
    counted,
    owner: NOBODY,
    state: "unknown",
    pools: parts.map(({ walk, rest, lost: missing }) => ({
      pool: walk.pool,
      blocks: [walk, ...rest].flatMap((one) =>
        one.blocks.map((block) => described(contextFor(contexts, block), block, pending?.at === block.at)),
      ),
      lost: missing,
    })),
    damage: damage.map((one) => ({ ...one, site: site(one.at), siteBefore: site(one.before) })),
    doubtful: faults.length - damage.length,
    halfway: isHalfway(ctx, walks, faults),
  };
}

const NOBODY: HeapOwner = { kind: "unknown", uuid: "", scratch: false };
const NO_BLOCK: Block = { at: 0, size: 0, free: false, previousFree: 0 };

/** The allocator changes a block and its neighbours one after the other. */
function isHalfway(ctx: MallocContext, walks: readonly PoolWalk[], faults: readonly Damage[]): boolean {
  const ofHeaders = walks.flatMap((walk) => checkWalk(ctx.heap.memory, walk));
  return faults.length === 1 && ofHeaders.some(({ what }) => what === faults[0]?.what);
}

function unique(damage: readonly Damage[]): Damage[] {
  return [...new Map(damage.toReversed().map((one) => [`${one.at} ${one.what}`, one])).values()].reverse();
}

/** Addresses of file names in sound leak headers, each once. */
function namesIn({ memory }: DumpHeap, walks: readonly PoolWalk[], counts: readonly LeakHeaderCount[]): number[] {
  const names = new Set<number>();
  for (const { at, free } of walks.flatMap(({ blocks }) => blocks)) {
    if (free) continue;
    for (const { release } of counts) {
      const fields = release.allocator.leakLayout[memory.geometry.word];
      const header = at + memory.geometry.header;
      if (damagedPart(memory, header, fields) === null) names.add(readLeakHeader(memory, header, fields).name);
    }
  }
  names.delete(0);
  return [...names];
}

/** A fault is doubtful where bytes of its block, or of the one before, are missing. */
function inGap({ at, before }: Damage, gaps: readonly Gap[], blocks: readonly Block[]): boolean {
  const from = before < 0 ? at : before;
  const end = at + (blocks.find((block) => block.at === at)?.size ?? 64);
  return touches(gaps, { at: from, length: end - from });
}

/** A release's layout of leak headers, if there is another one for this word size. */
function layoutOf({ release, blocks }: LeakHeaderCount, word: 4 | 8): DumpLeakLayout[] {
  const magic = ({ allocator }: typeof release): number => allocator.leakLayout[word].magic;
  if (RELEASES.every((row) => magic(row) === magic(release))) return [];
  const from = RELEASES.indexOf(release);
  const next = RELEASES.slice(from).find((row) => magic(row) !== magic(release));
  return [{ since: release.since, before: next?.since ?? null, blocks }];
}

function described(ctx: MallocContext, block: Block, pending: boolean): DumpBlock {
  const { memory, geometry } = ctx.heap;
  if (block.free) return { ...block, payload: 0, site: null };
  const room = block.size - geometry.header;
  if (!ctx.leakHeaders || pending) return { ...block, payload: room, site: null };
  const { size } = readLeakHeader(memory, block.at + geometry.header, ctx.leakFields);
  return { ...block, payload: Math.min(room, size), site: siteAt(ctx, block.at) };
}
