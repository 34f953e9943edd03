// Compares the index for best fit with the free list: rings, turns, the records that wait beside a ring, bitmaps.
import type { Damage } from "../walk.ts";
import { isOccupied, LARGE, ringOf } from "./class_bits.ts";
import { blockOf } from "./entries.ts";
import type { SizeIndex } from "./index_state.ts";
import { isBefore, LATE } from "./late_records.ts";
import { type ListedBlock, problem } from "./listed_block.ts";

/** What is wrong with an index by size. `listed` is the free list. */
export function checkSizeIndex(x: SizeIndex, listed: readonly ListedBlock[]): Damage[] {
  const found: Damage[] = [];
  /** Record and ring of each block that the index has. */
  const held = new Map<number, { record: number; ring: number }>();
  let late = 0;
  for (let quanta = 0; quanta <= LARGE; quanta++) {
    const ring = ringOf(quanta);
    if (x.words[ring] === ring && x.words[ring + 1] === ring && !x.late.has(ring)) continue;
    const inRing = recordsIn(x, ring);
    const beside = x.late.get(ring) ?? [];
    late += beside.length;
    if (inRing === null) found.push(problem(0, `the ring of ${quanta} quanta is broken`));
    found.push(...checkBeside(x, beside, inRing?.[0]));
    if (inRing !== null && inRing.length > 0 && !isOccupied(x.words, ring))
      found.push(problem(0, `the bitmaps say that there is no block of ${quanta} quanta`));
    for (const record of [...(inRing ?? []), ...beside]) held.set(blockOf(x, record), { record, ring });
  }
  if (late !== x.lateCount) found.push(problem(0, `${late} records are late, and ${x.lateCount} are counted`));
  return [...found, ...compare(x, listed, held)];
}

function compare(
  x: SizeIndex,
  listed: readonly ListedBlock[],
  held: Map<number, { record: number; ring: number }>,
): Damage[] {
  const found: Damage[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const { block, quanta } of listed) {
    const entry = held.get(block);
    held.delete(block);
    if (entry === undefined) found.push(problem(block, "the index lacks this free block"));
    else if (entry.ring !== ringOf(quanta)) found.push(problem(block, `no record in the ring of ${quanta} quanta`));
    else {
      const turn = x.words[entry.record + 2] as number;
      if (turn <= latest || turn > x.turns) found.push(problem(block, `turn ${turn} is not this block's in the list`));
      latest = turn;
    }
  }
  for (const block of held.keys()) found.push(problem(block, "the index has a block that is not in the list"));
  return found;
}

/** The records of a ring; null if its links disagree, or their turns do not ascend. */
function recordsIn(x: SizeIndex, ring: number): number[] | null {
  const { words } = x;
  const records: number[] = [];
  let before = ring;
  for (let at = words[ring] as number; at !== ring; at = words[at] as number) {
    if (words[at + 1] !== before || (before !== ring && !isBefore(x, before, at))) return null;
    records.push(at);
    before = at;
  }
  return words[ring + 1] === before ? records : null;
}

/** Each record beside a ring comes behind the ring's first one, and behind its parent in the heap. */
function checkBeside(x: SizeIndex, beside: readonly number[], first: number | undefined): Damage[] {
  return beside.flatMap((record, n) => {
    const parent = n === 0 ? first : beside[(n - 1) >> 1];
    const isRight = parent !== undefined && isBefore(x, parent, record);
    const isNoted = x.words[record] === LATE && x.words[record + 1] === n;
    return isRight && isNoted ? [] : [problem(blockOf(x, record), `record ${record} waits in a wrong place`)];
  });
}
