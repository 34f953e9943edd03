// Inspects a raw memory dump: heaps, blocks, call sites and damage.
import { err, ok, type Result } from "../../base/result.ts";
import { checkBlocks } from "../../heap/check.ts";
import { checkFreeList } from "../../heap/check_list.ts";
import { createPlainHeap } from "../../heap/create_heap.ts";
import type { Word } from "../../heap/geometry.ts";
import type { Block, Damage, Pool } from "../../heap/walk.ts";
import { checkLeakHeaders } from "../../malloc/check_leak_headers.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import { readLeakHeader } from "../../malloc/leak_header.ts";
import type { FileNames } from "../../malloc/names.ts";
import { siteAt } from "../../malloc/site.ts";
import { checkNamedPools } from "./check_table.ts";
import { type DumpHeap, findHeaps, MAX_BLOCKS, TooManyBlocks } from "./find_heaps.ts";
import { hasLeakHeaders } from "./leak_headers.ts";
import { headsOf } from "./links.ts";
import { walkThrough } from "./walk_through.ts";

/** What is known of a dump beforehand; everything left out is found. */
export interface DumpOptions {
  readonly word?: Word;
  /** Address of the first byte. */
  readonly base?: number;
  readonly pools?: readonly Pool[];
  /** Whether payloads have leak headers (ENABLE_MDBG). */
  readonly leakHeaders?: boolean;
  /** File name at an address, from the program's ELF file; undefined where there is none. */
  readonly nameAt?: (address: number) => string | undefined;
}

/** A block, and who allocated it. */
export interface DumpBlock extends Block {
  /** Bytes asked for where a leak header says so, else what the block has room for; 0 in free blocks. */
  readonly payload: number;
  /** `file:line`, null without leak header. */
  readonly site: string | null;
}

export interface DumpPool {
  readonly pool: Pool;
  readonly blocks: readonly DumpBlock[];
  /** Bytes of the pool in which no block could be made out, because of damage. */
  readonly lost: readonly Pool[];
}

export interface DumpDamage extends Damage {
  readonly site: string | null;
  readonly siteBefore: string | null;
}

/** A heap of a dump. Offsets; an address is an offset + `base`. */
export interface DumpReport {
  readonly word: Word;
  readonly base: number;
  readonly baseFrom: DumpHeap["baseFrom"];
  readonly leakHeaders: boolean;
  /** Whether the heap has the pool table of OP-TEE's malloc layer. */
  readonly table: boolean;
  readonly pools: readonly DumpPool[];
  readonly damage: readonly DumpDamage[];
}

/** Looks for the heaps of a dump and what they hold. Empty if none is found. An error: more blocks than any heap has. */
export function inspectDump(bytes: Uint8Array, options: DumpOptions = {}): Result<DumpReport[]> {
  try {
    return ok(reportsOf(bytes, options));
  } catch (error) {
    if (!(error instanceof TooManyBlocks)) throw error;
    return err(`more than ${MAX_BLOCKS} blocks; give the address of the heap with --base and --pool`);
  }
}

function reportsOf(bytes: Uint8Array, options: DumpOptions): DumpReport[] {
  const read = (word: Word): DumpReport[] =>
    findHeaps(bytes, word, options.base ?? null, options.pools).map((heap) => reportOn(heap, options));
  if (options.word !== undefined) return read(options.word);
  const wide = read(8);
  // A pool table shows the word size; without one the wrong size makes little sense of the same bytes.
  if (wide.some(({ table }) => table)) return wide;
  const narrow = read(4);
  return sense(narrow) > sense(wide) ? narrow : wide;
}

function sense(reports: readonly DumpReport[]): number {
  return reports.reduce((sum, { pools, table, damage }) => {
    const covered = pools.reduce((bytes, { blocks }) => bytes + blocks.reduce((all, { size }) => all + size, 0), 0);
    return sum + covered * (table ? 2 : 1) * (damage.length === 0 ? 2 : 1);
  }, 0);
}

function reportOn(found: DumpHeap, options: DumpOptions): DumpReport {
  const { memory, pools, table, baseFrom } = found;
  const parts = pools.map((pool) => walkThrough(memory, pool));
  const walks = parts.map(({ walk }) => walk);
  const whole = parts.flatMap(({ walk, rest }) => [walk, ...rest]);
  const leakHeaders = options.leakHeaders ?? hasLeakHeaders(memory, walks);
  const [ctx, ...others] = contextsOf(found, leakHeaders, options.nameAt);
  const damage = [
    ...checkNamedPools(ctx, walks, table, baseFrom),
    ...checkBlocks(ctx.heap, walks),
    ...others.flatMap(({ heap }) => checkFreeList(heap, walks)),
    ...(leakHeaders ? whole.flatMap((walk) => checkLeakHeaders(ctx, walk)) : []),
  ];
  return {
    word: memory.geometry.word,
    base: memory.base,
    baseFrom,
    leakHeaders,
    table: table !== null,
    pools: parts.map(({ walk, rest, lost }) => ({
      pool: walk.pool,
      blocks: [walk, ...rest].flatMap(({ blocks }) => blocks.map((block) => described(ctx, block))),
      lost,
    })),
    damage: unique(damage).map((one) => ({ ...one, site: siteAt(ctx, one.at), siteBefore: siteAt(ctx, one.before) })),
  };
}

function unique(damage: readonly Damage[]): Damage[] {
  return [...new Map(damage.toReversed().map((one) => [`${one.at} ${one.what}`, one])).values()].reverse();
}

/** The state that C keeps outside of the bytes, as far as they tell it; two where damage makes it doubtful. */
function contextsOf(
  { memory, pools }: DumpHeap,
  leakHeaders: boolean,
  nameAt: DumpOptions["nameAt"],
): [MallocContext, ...MallocContext[]] {
  const { base, bytes, geometry } = memory;
  const options = { word: geometry.word, base, leakHeaders, names: namesFrom(nameAt) };
  const heads = headsOf(createPlainHeap(bytes, options), pools);
  const [one, ...others] = heads.map((head) => {
    const ctx = createContext(bytes, { ...options, headAddress: head.headAddress });
    return Object.assign(ctx, { heap: Object.assign(ctx.heap, head) });
  });
  return [one ?? createContext(bytes, options), ...others];
}

/** Without the program's file any address may be a name's. */
function namesFrom(nameAt: DumpOptions["nameAt"]): FileNames {
  return {
    address: () => 0,
    at: (address) => (address === 0 ? null : nameAt ? nameAt(address) : `0x${address.toString(16)}`),
  };
}

function described(ctx: MallocContext, block: Block): DumpBlock {
  const { memory, geometry } = ctx.heap;
  if (block.free) return { ...block, payload: 0, site: null };
  const room = block.size - geometry.header;
  const payload = ctx.leakHeaders
    ? Math.min(room, readLeakHeader(memory, block.at + geometry.header, ctx.leakFields).size)
    : room;
  return { ...block, payload, site: siteAt(ctx, block.at) };
}
