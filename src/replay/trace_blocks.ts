// Numbers the instances and blocks of a recorded trace.
import { OP } from "../malloc/operation.ts";
import type { Instance, RecordedPool } from "./trace_columns.ts";

/** Numbers the instances and the blocks of a recorded trace while it is read, so that a replay needs no map. */
interface Blocks {
  readonly instance: Int32Array;
  readonly makes: Int32Array;
  readonly ends: Int32Array;
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

interface Life {
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
  readonly live: Map<number, number>;
}

/** Makes an empty numbering for at most `room` rows. */
export function createBlocks(room: number): Blocks {
  const instance = new Int32Array(room);
  const makes = new Int32Array(room).fill(-1);
  const ends = new Int32Array(room).fill(-1);
  const lives = new Map<number, Life>();
  let life: Life | undefined;
  let count = 0;

  return {
    instance,
    makes,
    ends,
    add(row, number, op, pointer, size, result, allocated) {
      if (life?.number !== number) life = lives.get(number);
      if (life === undefined) {
        if (op !== OP.P) return `expected instance ${number} to begin with a P row, its pool`;
        if (lives.size === MAX_LIVES) return `more than ${MAX_LIVES} instances`;
        life = beginning(lives.size, number, row);
        lives.set(number, life);
      }
      instance[row] = life.index;
      life.last = row;
      if (op === OP.P) {
        if (life.pools.length === MAX_POOLS) return `instance ${number} has more than ${MAX_POOLS} pools`;
        life.pools.push({ row, tableRow: -1, address: pointer, length: size });
        life.awaitsTable = true;
        life.low = Math.min(life.low, pointer);
        life.high = Math.max(life.high, pointer + size);
        life.room += size;
        if (life.high > MAX_ADDRESS) return "expected a pool below the address 2^52";
        if (life.high - life.low > MAX_SPAN)
          return `expected the pools of instance ${number} within 1 GiB of each other`;
      }
      if (allocated > life.room)
        return `${allocated} bytes allocated, but the pools of instance ${number} have ${life.room}`;
      if (op === OP.P) return null;
      if (life.awaitsTable) {
        life.awaitsTable = false;
        const pool = life.pools.at(-1);
        if (pool && op === OP.R) pool.tableRow = row;
      }
      if (pointer !== 0) {
        ends[row] = life.live.get(pointer) ?? -1;
        if (op !== OP.R || result !== 0) life.live.delete(pointer);
      }
      if (result !== 0) {
        makes[row] = count;
        life.live.set(result, count++);
      }
      return null;
    },
    count: () => count,
    instances: () => [...lives.values()].map(({ number, first, last, pools }) => ({ number, first, last, pools })),
    problem: () => problemOf([...lives.values()]),
  };
}

function beginning(index: number, number: number, row: number): Life {
  const empty = { low: Number.POSITIVE_INFINITY, high: 0, room: 0, pools: [], awaitsTable: false };
  return { index, number, first: row, last: row, ...empty, live: new Map() };
}

/** What is wrong with the instances that live at the same time, or null. Lives begin in ascending order. */
function problemOf(lives: readonly Life[]): string | null {
  const byEnd = lives.toSorted((a, b) => a.last - b.last);
  let bytes = 0;
  let ended = 0;
  for (const [begun, { first, low, high }] of lives.entries()) {
    for (let life = byEnd[ended]; life !== undefined && life.last < first; life = byEnd[++ended])
      bytes -= life.high - life.low;
    bytes += high - low;
    if (bytes > MAX_SPAN) return "instances that are live at the same time have more than 1 GiB";
    if (begun + 1 - ended > MAX_AT_ONCE) return `more than ${MAX_AT_ONCE} instances are live at the same time`;
  }
  return null;
}
