/** What one call site holds, while a list is read. */
export interface Tally {
  blocks: number;
  /** Bytes of the blocks whose size is known. */
  bytes: number;
  /** Blocks whose size is not sure. */
  unsized: number;
  /** Those of them of whose size digits are left, and the sum of what they can have been in the middle. */
  guesses: number;
  guess: number;
  /** A size that more than half of the blocks have, if there is one, and its lead over all others together. */
  size: number;
  lead: number;
  /** Other sizes, and how often each came. */
  others: Map<number, number> | undefined;
}

export function createTally(): Tally {
  return { blocks: 0, bytes: 0, unsized: 0, guesses: 0, guess: 0, size: 0, lead: 0, others: undefined };
}

/** Counts one block. `about` is what its size was in the middle, where it is not sure. */
export function countBlock(tally: Tally, size: number | undefined, about?: number): void {
  tally.blocks++;
  if (size === undefined) {
    tally.unsized++;
    if (about === undefined) return;
    tally.guesses++;
    tally.guess += about;
    return;
  }
  tally.bytes += size;
  if (tally.size !== size && tally.lead > 0) note(tally, size, 1);
  vote(tally, size, 1);
}

/** Adds what another tally has. */
export function addTally(tally: Tally, other: Tally): void {
  tally.blocks += other.blocks;
  tally.bytes += other.bytes;
  tally.unsized += other.unsized;
  tally.guesses += other.guesses;
  tally.guess += other.guess;
  vote(tally, other.size, other.lead);
  for (const [size, blocks] of other.others ?? []) note(tally, size, blocks);
}

/** The size that nearly all blocks of a place have, nine of ten at least; `undefined` if there is none. */
export function usualSize({ blocks, unsized, size, lead }: Tally): number | undefined {
  const sized = blocks - unsized;
  return sized >= FEWEST && lead >= 0.8 * sized ? size : undefined;
}

/** Bytes of the blocks whose size is not sure; of those with no digit left, the mean of the others. */
export function guessed({ blocks, bytes, unsized, guesses, guess }: Tally): number {
  const sized = blocks - unsized;
  const mean = sized === 0 ? 0 : bytes / sized;
  return Math.round(guess + (unsized - guesses) * mean);
}

const FEWEST = 4;

/** More sizes than this have no slips among them. */
const MOST_OTHERS = 64;

function note(tally: Tally, size: number, blocks: number): void {
  tally.others ??= new Map();
  if (tally.others.size < MOST_OTHERS) tally.others.set(size, (tally.others.get(size) ?? 0) + blocks);
}

/** Majority vote (Boyer and Moore) over sizes. */
function vote(tally: Tally, size: number, votes: number): void {
  if (tally.size === size) tally.lead += votes;
  else if (tally.lead >= votes) tally.lead -= votes;
  else {
    tally.size = size;
    tally.lead = votes - tally.lead;
  }
}
