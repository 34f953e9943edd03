// Writes captured operations as the series of a platform: boot.txt, load.txt, unload.txt.
import type { TaPart } from "../../platform/platform.ts";
import type { CapturedBlock, CapturedEvent } from "./captured_events.ts";

/** Numbers of the blocks of a series, from 1; a second series goes on with the first one's. */
type Numbers = Map<CapturedBlock, number>;

/** Rows of a series. Blocks that were made before it are not its own: their releases are left out. */
export function seriesRows(
  events: readonly CapturedEvent[],
  numbers: Numbers,
  partOf: (event: CapturedEvent) => TaPart | undefined = () => undefined,
): string {
  const [pool] = events.filter(({ letter }) => letter === "P");
  const end = pool === undefined ? 0 : pool.pointer + pool.size;
  let table = false;
  const rows: string[] = [];
  for (const event of events) {
    const { letter, pointer, size, arg, place, made, ended } = event;
    // A new pool moves the table of pools, which the allocator does by itself.
    const movesTable = table && letter === "R";
    table = letter === "P";
    if (movesTable) continue;
    const of = ended === null ? 0 : numbers.get(ended);
    if (letter === "P") {
      if (event !== pool) rows.push(`P ${pointer - end} ${size} ${place}`);
    } else if (made !== null) {
      if (of === undefined) throw new Error(`${place} moves a block that is not of the series`);
      numbers.set(made, numbers.size + 1);
      const part = partOf(event);
      const words = letter === "A" ? ["A", arg, size] : letter === "R" ? ["R", of, size] : [letter, size];
      rows.push([...words, placeWord(place), ...(part === undefined ? [] : [part])].join(" "));
    } else if (ended !== null && of !== undefined) rows.push(`${letter} ${of} ${placeWord(place)}`);
  }
  return rows.map((row) => `${row}\n`).join("");
}

/** As a series has it: `FILE:LINE`, or ? where it is unknown. */
export function placeWord(place: string): string {
  return /:\d{1,5}$/.test(place) ? place : "?";
}
