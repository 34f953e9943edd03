// Imports leak lists of a console log.
import type { Result } from "../base/result.ts";
import { doubtIn, type LeakList, type SiteTally } from "../xtest/leak_lists.ts";
import { imported } from "./imported.ts";
import { placeOfList } from "./list_row.ts";
import type { Recording } from "./recording.ts";
import type { Row } from "./rows.ts";

/** Heaps by who prints their lists. The list does not say which TA it is. */
export const SENDER_HEAPS: ReadonlyMap<string, string> = new Map([
  ["TC", "core"],
  ["TA", "ta"],
  ["LD", "ldelf"],
]);
const FIRST_ADDRESS = 0x1000;
const STEP = 16;

/**
 * Makes a recording of the leak lists of a console log: each list is an instance of its heap, with the blocks that were
 * found. The log has no addresses, no pool and no times: blocks lie one behind the other, the pool row says that this is a
 * list and what it lacks (`listsOf`), blocks of one place share its bytes evenly. The time is the line where the list begins,
 * unless `timeOf` knows better.
 */
export function importLists(
  lists: readonly LeakList[],
  origin: string,
  timeOf: (line: number) => number = (line) => line,
): Result<Recording> {
  return imported({ origin, version: "" }, (writer) => {
    const counts = new Map<string, number>();
    for (const list of lists) {
      const heap = SENDER_HEAPS.get(list.from) ?? list.from;
      const instance = (counts.get(heap) ?? 0) + 1;
      counts.set(heap, instance);
      for (const row of rowsOf(list)) writer.add({ heap, instance, thread: "-", time: timeOf(list.first), ...row });
    }
  });
}

/** The rows one by one: a list can have more blocks than fit into memory as rows. */
function* rowsOf(list: LeakList): Generator<Row, void, undefined> {
  const { sites, complete, broken } = list;
  const { uncertain, unreadable } = doubtIn(list);
  const state = unreadable ? "unreadable" : complete ? "whole" : broken ? "broken" : "cut";
  const room = sites.reduce(
    (sum, site) => sum + sizesOf(site).reduce((bytes, [size, count]) => bytes + count * stepOf(size), 0),
    0,
  );
  yield { op: "add_pool", pointer: FIRST_ADDRESS, size: room, arg: uncertain, place: placeOfList(state) };
  let address = FIRST_ADDRESS;
  let allocated = 0;
  for (const site of sites) {
    for (const [size, count] of sizesOf(site)) {
      for (let n = 0; n < count; n++) {
        allocated += size;
        yield { op: "found", size, result: address, allocated, place: site.site };
        address += stepOf(size);
      }
    }
  }
}

/** The sizes of a place's blocks, which share its bytes evenly, and how many have each. */
function sizesOf({ blocks, bytes }: SiteTally): readonly (readonly [size: number, count: number])[] {
  const size = Math.floor(bytes / blocks);
  const larger = bytes % blocks;
  return [
    [size + 1, larger],
    [size, blocks - larger],
  ];
}

/** From a block to the next. */
function stepOf(size: number): number {
  return Math.max(STEP, Math.ceil(size / STEP) * STEP);
}
