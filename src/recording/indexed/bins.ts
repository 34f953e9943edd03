// Least, greatest and last allocated bytes of every so many rows of a heap.

/** The rows of a heap in bins of equal many rows; index all arrays by bin. */
export interface Bins {
  readonly length: number;
  /** Rows of each bin; the last may have fewer. */
  readonly each: number;
  /** Time of the first and of the last row, in microseconds. */
  readonly time: Float64Array;
  readonly end: Float64Array;
  /** Bytes; NaN where no row of the bin knows them. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  readonly last: Float64Array;
  /** Requests that failed. */
  readonly refused: Float64Array;
  add(time: number, allocated: number, refused: boolean): void;
}

/** Columns of a bin, as an index file has them. */
export const BIN_COLUMNS = ["time", "end", "least", "greatest", "last", "refused"] as const;

type Columns = { [N in (typeof BIN_COLUMNS)[number]]: Float64Array };

/** Bins that an index file has: `filled` rows are in the last one. */
export interface KnownBins {
  readonly columns: Columns;
  readonly each: number;
  readonly filled: number;
}

/** Rows of a bin while they are few; then two and two become one, so that a heap never takes more than 6 MiB. */
const FEW_ROWS = 64;
const MAX_BINS = 2 ** 17;

/** Empty bins, or those that are known. */
export function createBins(
  known: KnownBins = { columns: columnsFor(0), each: FEW_ROWS, filled: FEW_ROWS },
): Bins & { readonly filled: number } {
  let { columns, each, filled } = known;
  let length = columns.time.length;
  let at = length - 1;

  function begin(time: number): void {
    if (length === MAX_BINS) {
      halve(columns, length);
      length /= 2;
      each *= 2;
    }
    if (length === columns.time.length) columns = larger(columns);
    at = length++;
    filled = 0;
    columns.time[at] = time;
    for (const name of ["least", "greatest", "last"] as const) columns[name][at] = Number.NaN;
    columns.refused[at] = 0;
  }
  return {
    get length() {
      return length;
    },
    get each() {
      return each;
    },
    get filled() {
      return filled;
    },
    get time() {
      return columns.time.subarray(0, length);
    },
    get end() {
      return columns.end.subarray(0, length);
    },
    get least() {
      return columns.least.subarray(0, length);
    },
    get greatest() {
      return columns.greatest.subarray(0, length);
    },
    get last() {
      return columns.last.subarray(0, length);
    },
    get refused() {
      return columns.refused.subarray(0, length);
    },
    add(time, allocated, refused) {
      if (filled >= each) begin(time);
      filled++;
      const { least, greatest, last } = columns;
      columns.end[at] = time;
      // Of a bin that knows nothing yet every comparison is false.
      if (!((least[at] as number) <= allocated))
        least[at] = Number.isNaN(allocated) ? (least[at] as number) : allocated;
      if (!((greatest[at] as number) >= allocated))
        greatest[at] = Number.isNaN(allocated) ? (greatest[at] as number) : allocated;
      if (!Number.isNaN(allocated)) last[at] = allocated;
      if (refused) columns.refused[at] = (columns.refused[at] as number) + 1;
    },
  };
}

function columnsFor(length: number): Columns {
  return Object.fromEntries(BIN_COLUMNS.map((name) => [name, new Float64Array(length)])) as Columns;
}

function larger(columns: Columns): Columns {
  const more = columnsFor(Math.min(MAX_BINS, Math.max(4, 2 * columns.time.length)));
  for (const name of BIN_COLUMNS) more[name].set(columns[name]);
  return more;
}

/** Makes one bin of every two. All of them are full. */
function halve({ time, end, least, greatest, last, refused }: Columns, length: number): void {
  const known = (column: Float64Array, at: number, other: number): number =>
    Number.isNaN(column[at]) ? (column[other] as number) : (column[at] as number);
  for (let to = 0; 2 * to < length; to++) {
    const [a, b] = [2 * to, 2 * to + 1];
    time[to] = time[a] as number;
    end[to] = end[b] as number;
    least[to] = Math.min(known(least, a, b), known(least, b, a));
    greatest[to] = Math.max(known(greatest, a, b), known(greatest, b, a));
    last[to] = known(last, b, a);
    refused[to] = (refused[a] as number) + (refused[b] as number);
  }
}
