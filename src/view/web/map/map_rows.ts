// Where the bytes of a heap lie on its picture: row below row, each of the same number of bytes.
import { countLeading } from "../../../base/bisect.ts";
import type { MapFacts } from "../worker/memory_questions.ts";

/** The picture of a heap: CSS pixels. */
export interface MapRows {
  /** Bytes of a row: a power of two. */
  readonly bytes: number;
  /** Height of a row with the gap below it. */
  readonly height: number;
  readonly width: number;
  /** By pool: its first row, and the address where that row begins. */
  readonly pools: readonly { readonly row: number; readonly start: number }[];
  readonly rows: number;
}

/** Rows are as high as there is room, within limits. */
const LOWEST = 8;
const HIGHEST = 26;

/** As few bytes a row as the height allows, so that blocks are wide. */
export function mapRows(pools: MapFacts["pools"], width: number, height: number): MapRows {
  const most = Math.max(1, Math.floor(height / LOWEST));
  let bytes = 256;
  const count = (): number => pools.reduce((sum, pool) => sum + rowsOf(pool, bytes), 0) + Math.max(0, pools.length - 1);
  while (count() > most) bytes *= 2;
  const rows = Math.max(1, count());
  let next = 0;
  const placed = pools.map((pool) => {
    const row = next;
    next += rowsOf(pool, bytes) + 1;
    return { row, start: startOf(pool, bytes) };
  });
  return { bytes, height: Math.min(HIGHEST, Math.floor(height / rows)), width, pools: placed, rows };
}

/** A row begins at a multiple of its bytes, so that addresses can be read off. */
function startOf({ at }: { readonly at: number }, bytes: number): number {
  return at - (at % bytes);
}

function rowsOf(pool: { readonly at: number; readonly length: number }, bytes: number): number {
  return Math.max(1, Math.ceil((pool.at + pool.length - startOf(pool, bytes)) / bytes));
}

/** The stretches of a part, one for each row that it lies on. */
export function* barsOf(
  { bytes, height, width, pools }: MapRows,
  pool: number,
  at: number,
  size: number,
): Generator<{ readonly x: number; readonly y: number; readonly width: number }, void, void> {
  const { row, start } = pools[pool] ?? { row: 0, start: 0 };
  let from = at - start;
  const end = from + size;
  while (from < end) {
    const line = Math.floor(from / bytes);
    const to = Math.min(end, (line + 1) * bytes);
    const x = ((from - line * bytes) * width) / bytes;
    yield { x, y: (row + line) * height, width: ((to - from) * width) / bytes };
    from = to;
  }
}

/** The part at a place; -1 where there is none. Parts ascend by pool and address. */
export function partAt(map: MapFacts, rows: MapRows, x: number, y: number): number {
  const line = Math.floor(y / rows.height);
  const pool = countLeading(rows.pools.length, (n) => (rows.pools[n]?.row ?? 0) <= line) - 1;
  const placed = rows.pools[pool];
  if (placed === undefined || x < 0 || x >= rows.width) return -1;
  const address = placed.start + (line - placed.row) * rows.bytes + (x * rows.bytes) / rows.width;
  return partOver(map, pool, address);
}

/** The part of a pool that has an address; -1 for none. */
export function partOver({ pool: pools, at, size }: MapFacts, pool: number, address: number): number {
  const isBefore = (n: number): boolean => {
    const own = pools[n] as number;
    return own < pool || (own === pool && (at[n] as number) <= address);
  };
  const part = countLeading(at.length, isBefore) - 1;
  if (part < 0 || pools[part] !== pool) return -1;
  return address < (at[part] as number) + (size[part] as number) ? part : -1;
}
