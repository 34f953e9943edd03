// Tells whose the block is that a row of a trace makes.
import type { CommandSpan } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { markOf } from "../../replay/trace_row.ts";
import { createOwnerOf } from "../report/owner.ts";
import type { BlockOwner } from "./block_owner.ts";
import { ownerTable } from "./owner_table.ts";

/** Owners by number, and the number of the owner of a row's block. */
interface RowOwners {
  readonly owners: readonly BlockOwner[];
  numberOf(row: number, site: number, thread: number): number;
}

/** There are no more sites than this in a trace. */
const MAX_SITES = 2 ** 18;

/** Looks up the mark and the entry into a TA around a row; they change seldom. */
export function rowOwners(trace: RecordedTrace, entries: readonly CommandSpan[]): RowOwners {
  const table = ownerTable();
  const entryOf = createOwnerOf(entries.map(({ from, to }, index) => ({ from, to, owner: String(index) })));
  const known = new Map<number, number>();
  let mark = -1;
  let entry = -1;
  /** Begins anew with every change of mark or entry, as these come back seldom. */
  const look = (row: number): void => {
    const [here, within] = [markOf(trace, row), entryOf === null ? -1 : Number(entryOf(row) || -1)];
    if (here === mark && within === entry) return;
    [mark, entry] = [here, within];
    known.clear();
  };
  return {
    owners: table.owners,
    numberOf(row, site, thread) {
      look(row);
      const key = thread * MAX_SITES + site;
      const number = known.get(key);
      if (number !== undefined) return number;
      const { place = "", func = "" } = trace.sites[site] ?? {};
      const { uuid: ta = "", name: command = "" } = entries[entry] ?? {};
      const name = trace.marks[mark]?.name ?? "";
      const made = table.numberOf({ place, func, thread: trace.threads[thread] ?? "", ta, command, mark: name });
      known.set(key, made);
      return made;
    },
  };
}
