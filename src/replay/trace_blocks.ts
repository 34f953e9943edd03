// Numbers the instances and blocks of a recorded trace.
import { asksMemory, OP } from "../malloc/operation.ts";
import { createAddressTable } from "./address_table.ts";
import type { Instance, RecordedPool } from "./trace_columns.ts";

/** Numbers the instances and the blocks of a recorded trace while it is read, so that a replay needs no map. */
interface Blocks {
  /** Of the row that was entered last: index of its instance, block that it makes, and block that it was given, or -1. */
  readonly last: { readonly instance: number; readonly makes: number; readonly ends: number };
  /** Enters the next row. Returns what is wrong with it, or null. */
  add(
    row: number,
    number: number,
    op: number,
    pointer: number,
    size: number,
    result: number,
    allocated: number,
  ): string | null;
  /** Number of blocks so far. */
  count(): number;
  /** How many numbers they have: as many as there are blocks, or fewer where those of ended blocks are given again. */
  slots(): number;
  instances(): Instance[];
  /** What is wrong with all instances together, or null. */
  problem(): string | null;
}

/** Bytes of memory that a replay needs at most, one byte for each of a heap's. */
const MAX_SPAN = 2 ** 30;
const MAX_ADDRESS = 2 ** 52;
/** Each takes memory of its own. OP-TEE has two pools at most. */
const MAX_LIVES = 2 ** 18;
const MAX_POOLS = 1024;
/** To know one at a moment takes a look at the rows of all others. */
const MAX_AT_ONCE = 256;

interface OpenInstance {
  readonly index: number;
  readonly number: number;
  readonly first: number;
  last: number;
  readonly pools: { -readonly [K in keyof RecordedPool]: RecordedPool[K] }[];
  /** First address of all pools, the one behind the last, and bytes of all pools. */
  low: number;
  high: number;
  room: number;
  /** A pool was added, and its table is still to come. */
  awaitsTable: boolean;
  /** Live blocks by address. */
  readonly live: ReturnType<typeof createAddressTable>;
}

/** Makes an empty numbering. With `reuse`, a block gets the number of one that has ended, if there is one. */
export function createBlocks(reuse: boolean): Blocks {
  const opened = new Map<number, OpenInstance>();
  const last = { instance: -1, makes: -1, ends: -1 };
  const ended: number[] = [];
  let open: OpenInstance | undefined;
  let count = 0;
  let slots = 0;

  /** The instance of a row that is not the one before it's; what is wrong where there can be none. */
  function turnTo(number: number, op: number, row: number): OpenInstance | string {
    open = opened.get(number);
    if (open !== undefined) return open;
    if (op !== OP.P) return `expected instance ${number} to begin with a P row, its pool`;
    if (opened.size === MAX_LIVES) return `more than ${MAX_LIVES} instances`;
    open = beginning(opened.size, number, row);
    opened.set(number, open);
    return open;
  }
  return {
    last,
    // What is rare is done elsewhere: a caller's loop takes all of this in, and no number has to be put into an object.
    add(row, number, op, pointer, size, result, allocated) {
      const found = open?.number === number ? open : turnTo(number, op, row);
      if (typeof found === "string") return found;
      last.instance = found.index;
      last.makes = -1;
      last.ends = -1;
      found.last = row;
      if (op === OP.P) {
        const problem = addPool(found, row, pointer, size);
        if (problem !== null) return problem;
      }
      if (allocated > found.room) return overfull(found, allocated);
      if (op === OP.P) return null;
      if (found.awaitsTable) takeTable(found, op, row);
      if (pointer !== 0) {
        last.ends = op !== OP.R || result !== 0 ? found.live.take(pointer) : found.live.get(pointer);
        // A request that fails ends no block.
        if (reuse && last.ends >= 0 && (result !== 0 || !asksMemory(op))) ended.push(last.ends);
      }
      if (result !== 0) {
        last.makes = ended.pop() ?? slots++;
        found.live.set(result, last.makes);
        count++;
      }
      return null;
    },
    count: () => count,
    slots: () => slots,
    instances: () => [...opened.values()].map(({ number, first, last, pools }) => ({ number, first, last, pools })),
    problem: () => problemOf([...opened.values()]),
  };
}

function beginning(index: number, number: number, row: number): OpenInstance {
  const empty = { low: Number.POSITIVE_INFINITY, high: 0, room: 0, pools: [], awaitsTable: false };
  return { index, number, first: row, last: row, ...empty, live: createAddressTable() };
}

/** Enters a pool. Returns what is wrong with it, or null. */
function addPool(open: OpenInstance, row: number, address: number, length: number): string | null {
  if (open.pools.length === MAX_POOLS) return `instance ${open.number} has more than ${MAX_POOLS} pools`;
  open.pools.push({ row, tableRow: -1, address, length });
  open.awaitsTable = true;
  open.low = Math.min(open.low, address);
  open.high = Math.max(open.high, address + length);
  open.room += length;
  if (open.high > MAX_ADDRESS) return "expected a pool below the address 2^52";
  return open.high - open.low > MAX_SPAN
    ? `expected the pools of instance ${open.number} within 1 GiB of each other`
    : null;
}

function overfull({ number, room }: OpenInstance, allocated: number): string {
  return `${allocated} bytes allocated, but the pools of instance ${number} have ${room}`;
}

/** The row behind a pool is that of its table, if it is a realloc. */
function takeTable(open: OpenInstance, op: number, row: number): void {
  open.awaitsTable = false;
  const pool = open.pools.at(-1);
  if (pool && op === OP.R) pool.tableRow = row;
}

/** What is wrong with the instances that live at the same time, or null. Lives begin in ascending order. */
function problemOf(opened: readonly OpenInstance[]): string | null {
  const byEnd = opened.toSorted((a, b) => a.last - b.last);
  let bytes = 0;
  let ended = 0;
  for (const [begun, { first, low, high }] of opened.entries()) {
    for (let open = byEnd[ended]; open !== undefined && open.last < first; open = byEnd[++ended])
      bytes -= open.high - open.low;
    bytes += high - low;
    if (bytes > MAX_SPAN) return "instances that are live at the same time have more than 1 GiB";
    if (begun + 1 - ended > MAX_AT_ONCE) return `more than ${MAX_AT_ONCE} instances are live at the same time`;
  }
  return null;
}
