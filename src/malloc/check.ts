// Checks the memory and the counters of a context.
import { checkBlocks } from "../heap/check.ts";
import { checkCounters } from "../heap/check_counters.ts";
import { type Damage, walkPool } from "../heap/walk.ts";
import { expectFields } from "./arguments.ts";
import { checkLeakHeaders } from "./check_leak_headers.ts";
import { checkTable, checkTableBlock } from "./check_table.ts";
import type { MallocContext } from "./context.ts";
import { placeAt } from "./place.ts";
import { poolsOf } from "./pools.ts";
import { siteAt } from "./site.ts";

/** Something wrong with the memory of a context. */
export interface ContextDamage extends Damage {
  /** Address of the block at fault; `at` is its offset. */
  readonly address: number;
  /** `file:line` of that block where a leak header says so, else null. */
  readonly site: string | null;
  /** Address of the block before it, the usual suspect; -1 if there is none. */
  readonly addressBefore: number;
  readonly siteBefore: string | null;
}

/**
 * Finds what is wrong with a context: the pool table in its heap, then all that `checkHeap` finds, leak headers, counters.
 * Reads only, never throws, ends always. An empty list means that the context is sound; the damage nearest to the cause
 * comes first. A pool table that is damaged hides the rest: where the pools lie is known from it alone.
 *
 * What bytes cannot show: payloads, slack, padding, the line and the low bits of the size in a leak header.
 */
export function checkContext(ctx: MallocContext): ContextDamage[] {
  return findDamage(ctx).map((damage) => ({
    ...damage,
    address: ctx.heap.memory.base + damage.at,
    site: siteAt(ctx, damage.at),
    addressBefore: damage.before < 0 ? -1 : ctx.heap.memory.base + damage.before,
    siteBefore: damage.before < 0 ? null : siteAt(ctx, damage.before),
  }));
}

const DAMAGE_FIELDS = { at: "number", address: "number", before: "number", what: "string" } as const;

/**
 * A damage in one line: offset and address of the block, its call site, and the block before it. A TypeError for anything else
 * than a damage.
 */
export function describeDamage(damage: ContextDamage): string {
  expectFields(damage, "damage", DAMAGE_FIELDS, "a damage, as check and checkContext list them");
  const base = damage.address - damage.at;
  const block = nameBlock(base, damage.at, damage.site);
  const suspect =
    damage.before < 0 ? "" : `; the block before it is ${nameBlock(base, damage.before, damage.siteBefore)}`;
  return `block ${block}: ${damage.what}${suspect}`;
}

function findDamage(ctx: MallocContext): Damage[] {
  if (ctx.poolCount === 0) return checkStats(ctx, 0);
  const table = checkTable(ctx);
  if (table.length > 0) return table;
  const walks = poolsOf(ctx).map((pool) => walkPool(ctx.heap.memory, pool));
  const found = [
    ...checkBlocks(ctx.heap, walks),
    ...checkTableBlock(ctx, walks),
    ...(ctx.leakHeaders ? walks.flatMap((walk) => checkLeakHeaders(ctx, walk)) : []),
  ];
  if (found.length > 0) return found;
  return [...checkCounters(ctx.heap, walks), ...checkStats(ctx, walks[0]?.pool.at ?? 0)];
}

/** What must hold between the counters, whenever they were reset. */
function checkStats(ctx: MallocContext, at: number): Damage[] {
  const found: Damage[] = [];
  const expect = (holds: boolean, what: string): unknown => holds || found.push({ at, before: -1, what });
  const { allocated } = ctx.heap;
  expect(ctx.maxAllocated === 0 || ctx.maxAllocated >= allocated, "the maximum is less than the allocated bytes");
  expect(ctx.maxAllocated >= ctx.biggestFailureUsed, "more was allocated at the largest failure than at the maximum");
  expect(ctx.maxAllocated <= ctx.size, "the maximum is more than the size of all pools");
  if (ctx.failures === 0) expect(ctx.biggestFailure === 0, "a largest failure is set, but no failure is counted");
  return found;
}

function nameBlock(base: number, at: number, site: string | null): string {
  return `${placeAt(base, at)}${site === null ? "" : ` from ${site}`}`;
}
