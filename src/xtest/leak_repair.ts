// Damage can turn one call site into another that does not exist. In a damaged log, a rare one that differs from a
// frequent one in a character or two, and is about as rare as the damage of the log makes such slips, is that frequent one.
import { changes, edits, FAR } from "./near.ts";

/** A call site as the log has it, and how often. */
interface Seen {
  readonly site: string;
  readonly blocks: number;
}

/** Digits of a line number have so many values, and real neighbours: of each, slips are rarer. */
const DIGITS = 8;
/** Share of the values of a destroyed byte that may stand in a path. */
const LIKELY = 0.2;
/** A frequent place is at least so many times as frequent as its slips. */
const RARER = 8;
const MOST_SITES = 1000;

/**
 * Which of the places are slips of others: from a place's index to that of what it was, or to -1 where it may have been more
 * than one. `rate` is the share of damaged characters in the log; of an undamaged log nothing is a slip.
 */
export function findSlips(seen: readonly Seen[], rate: number): ReadonlyMap<number, number> {
  const slips = new Map<number, number>();
  if (rate === 0) return slips;
  const order = seen.map((_, index) => index).sort((a, b) => blocksOf(seen, b) - blocksOf(seen, a));
  const frequent = order.slice(0, MOST_SITES).filter((index) => blocksOf(seen, index) >= RARER);
  const find = createFinder(frequent.map((index) => seen[index]?.site ?? ""));
  for (const index of order) {
    const { site, blocks } = seen[index] as Seen;
    const slip = find(site, (other, apart) => {
      const base = seen[frequent[other] as number] as Seen;
      return apart > 0 && base.blocks >= RARER * blocks && isExplained(base, site, blocks, apart, rate);
    });
    if (slip !== undefined) slips.set(index, slip < 0 ? -1 : (frequent[slip] as number));
  }
  // What a slip was taken for must be no slip itself.
  for (const [index, target] of slips) slips.set(index, slips.get(target) ?? target);
  return slips;
}

/**
 * Finds the one of some places that a damaged text was, two characters apart at most: its index, -1 where more than one is
 * as close, `undefined` where none is. `accept` may refuse one.
 */
export function createFinder(
  sites: readonly string[],
): (text: string, accept?: (index: number, apart: number) => boolean) => number | undefined {
  const byLength = new Map<number, number[]>();
  for (const [index, { length }] of sites.entries()) byLength.set(length, [...(byLength.get(length) ?? []), index]);

  return (text, accept = () => true) => {
    let best = FAR;
    let found: number | undefined;
    const look = (length: number, measure: (a: string, b: string) => number): void => {
      for (const index of byLength.get(length) ?? []) {
        const apart = measure(text, sites[index] as string);
        if (apart > best || apart === FAR || !accept(index, apart)) continue;
        found = apart < best ? index : -1;
        best = apart;
      }
    };
    // Changed characters are the rule, and fast to count.
    look(text.length, changes);
    if (best <= 1) return found;
    for (const more of [-1, 1, -2, 2]) look(text.length + more, edits);
    return found;
  };
}

/**
 * Which sizes of a place are slips of its usual one: a digit was lost or became another. `others` are the sizes it has beside
 * the usual one, `sized` how many blocks have a size.
 */
export function sizeSlips(
  usual: number,
  others: ReadonlyMap<number, number>,
  sized: number,
  rate: number,
): ReadonlySet<number> {
  const text = String(usual);
  const slips = new Set<number>();
  if (sized * rate * text.length < 1) return slips;
  for (const [size, blocks] of others) {
    const lost = String(size).length < text.length;
    if (edits(String(size), text) === 1 && isRare(blocks, sized * rate * (lost ? 1 : 1 / DIGITS))) slips.add(size);
  }
  return slips;
}

/** So many are at most four deviations more than expected. */
function isRare(count: number, expected: number): boolean {
  return count <= expected + 4 * Math.sqrt(expected) + 2;
}

/** Does the damage make slips of this kind, and that many of one? */
function isExplained(base: Seen, site: string, slips: number, apart: number, rate: number): boolean {
  const touched = base.site.length * rate;
  const all = base.blocks * LIKELY * (apart === 1 ? touched : (touched * touched) / 2);
  const colon = site.lastIndexOf(":");
  const inLine = site.length === base.site.length && site.slice(0, colon) === base.site.slice(0, colon);
  const one = apart === 1 ? (base.blocks * rate) / (inLine ? DIGITS : 1) : base.blocks * rate * rate;
  return all >= 1 && isRare(slips, one);
}

function blocksOf(seen: readonly Seen[], index: number): number {
  return seen[index]?.blocks ?? 0;
}
