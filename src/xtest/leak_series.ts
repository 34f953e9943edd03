// Keeps the lists of a log of any length: all of them while they are few, else the first, the last, and every 2nd, 4th, 8th …
// between.
import { createList, type OpenList, tallyOf } from "./leak_lists.ts";
import { addTally, type Tally } from "./leak_tally.ts";
import { SENDERS } from "./leak_words.ts";

/** How many lists a sender printed, and which are kept. */
export interface SeriesCount {
  readonly from: string;
  readonly lists: number;
  /** Every so many are kept, the first and the last anyway: a power of two; 1 if all are. */
  readonly every: number;
}

/** The lists of a log while it is read. */
interface Series {
  /** Begins a sender's next list, which ends the one before. */
  begin(sender: number, line: number): OpenList;
  /** Lists that have begun. */
  readonly begun: number;
  readonly counts: readonly SeriesCount[];
  /** Those that are kept, in the order in which they begin. */
  kept(): OpenList[];
  /** Sums of those that are not. */
  readonly leftOut: ReadonlyMap<number, Tally>;
  readonly damaged: number;
  readonly lost: number;
}

/** A sender's lists. */
interface Row {
  lists: OpenList[];
  begun: number;
  every: number;
  /** Of all kept lists but the last. */
  weight: number;
}

/** Call sites of a list, on average, for which there is room: each takes about 200 bytes. */
const SITES = 64;

/** An empty series, which keeps at most `most` lists of each sender, and fewer if they are long. */
export function createSeries(most: number): Series {
  const rows: Row[] = SENDERS.map(() => ({ lists: [], begun: 0, every: 1, weight: 0 }));
  const leftOut = new Map<number, Tally>();
  let begun = 0;
  let damaged = 0;
  let lost = 0;

  function leave(list: OpenList): void {
    for (const [site, tally] of list.tallies) addTally(tallyOf(leftOut, site), tally);
    damaged += list.damaged;
    lost += list.lost;
  }
  function thin(row: Row): void {
    row.every *= 2;
    const isKept = ({ index }: OpenList): boolean => index % row.every === 0;
    for (const list of row.lists) if (!isKept(list)) leave(list);
    row.lists = row.lists.filter(isKept);
    row.weight = row.lists.reduce((sum, list) => sum + weightOf(list), 0);
  }
  return {
    begin(sender, line) {
      const row = rows[sender] as Row;
      const before = row.lists.at(-1);
      if (before !== undefined && before.index % row.every !== 0) leave(row.lists.pop() as OpenList);
      else if (before !== undefined) row.weight += weightOf(before);
      while (row.lists.length > 1 && (row.lists.length >= most || row.weight > SITES * most)) thin(row);
      const list = createList(sender, row.begun++, line);
      row.lists.push(list);
      begun++;
      return list;
    },
    get begun() {
      return begun;
    },
    get counts() {
      return rows.flatMap(({ begun: lists, every }, i) =>
        lists === 0 ? [] : [{ from: SENDERS[i] as string, lists, every }],
      );
    },
    kept: () => rows.flatMap(({ lists }) => lists).sort((a, b) => a.first - b.first),
    leftOut,
    get damaged() {
      return damaged;
    },
    get lost() {
      return lost;
    },
  };
}

function weightOf({ tallies, scraps }: OpenList): number {
  let weight = tallies.size + scraps.size;
  for (const { others } of tallies.values()) if (others !== undefined) weight += others.size / 2;
  return weight;
}
