import { spanOf } from "./life.ts";
import { type Instance, OP, type RecordedPool } from "./trace_columns.ts";

/** Numbers the instances and the blocks of a recorded trace while it is read, so that a replay needs no map. */
export interface Blocks {
  readonly instance: Int32Array;
  readonly makes: Int32Array;
  readonly ends: Int32Array;
  /** Enters the next row. Returns what is wrong with it, or null. */
  add(row: number, number: number, op: number, pointer: number, size: number, result: number): string | null;
  /** Number of blocks so far. */
  count(): number;
  instances(): Instance[];
}

const MAX_SPAN = 2 ** 30;
const MAX_ADDRESS = 2 ** 52;

interface Life {
  readonly index: number;
  readonly number: number;
  readonly first: number;
  last: number;
  readonly pools: { -readonly [K in keyof RecordedPool]: RecordedPool[K] }[];
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
    add(row, number, op, pointer, size, result) {
      if (life?.number !== number) life = lives.get(number);
      if (life === undefined) {
        if (op !== OP.P) return `expected instance ${number} to begin with a P row, its pool`;
        life = { index: lives.size, number, first: row, last: row, pools: [], awaitsTable: false, live: new Map() };
        lives.set(number, life);
      }
      instance[row] = life.index;
      life.last = row;
      if (op === OP.P) {
        life.pools.push({ row, tableRow: -1, address: pointer, length: size });
        life.awaitsTable = true;
        const span = spanOf(life.pools);
        if (span.base + span.length > MAX_ADDRESS) return "expected a pool below the address 2^52";
        return span.length > MAX_SPAN ? `expected the pools of instance ${number} within 1 GiB of each other` : null;
      }
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
  };
}
