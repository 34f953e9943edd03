// Finds the width at which a terminal broke the lines of a text.

/** Widths that terminals and windows have often: there one broken line is enough. */
const COMMON: ReadonlySet<number> = new Set([40, 64, 72, 80, 90, 96, 100, 110, 120, 128, 130, 132, 140, 150, 160]);
const LEAST = 40;
const MOST = 200;
/** So many lines of one width, which is the largest, are no chance. */
const ENOUGH = 2;
/** Lines that were not broken show what follows such ones, if there are so many. */
const FEW = 8;
const LONGEST_NAME = 40;

/**
 * The width at which the first `count` lines were broken, or undefined if they do not look so: no line is wider, and lines of that width are
 * followed by one that begins as none does, and so may be their rest: most of them, unless terminals often have that width. One is enough
 * where it breaks within a word.
 */
export function brokenAt<L extends { readonly width: number; readonly anchored: boolean }>(
  lines: readonly L[],
  count: number,
  continues: (line: L) => boolean,
  wordsOf: (line: L) => string,
): number | undefined {
  let widest = 0;
  for (let i = 0; i < count; i++) widest = Math.max(widest, lines[i]?.width ?? 0);
  if (widest < LEAST || widest > MOST) return undefined;
  let [full, broken, tornWords] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const line = lines[i] as L;
    if (line.width !== widest) continue;
    full++;
    const next = i + 1 < count ? lines[i + 1] : undefined;
    if (next === undefined || !continues(next)) continue;
    broken++;
    if (line.anchored && isWord(wordsOf(line), wordsOf(next))) tornWords++;
  }
  const enough = COMMON.has(widest) ? broken > 0 : (broken >= ENOUGH || tornWords > 0) && 2 * broken >= full;
  return enough && !isRecord(lines, count, widest, continues) ? widest : undefined;
}

/** What stands behind lines of any width is not their rest, but the next field of a record. */
function isRecord<L extends { readonly width: number; readonly anchored: boolean }>(
  lines: readonly L[],
  count: number,
  widest: number,
  continues: (line: L) => boolean,
): boolean {
  let [shorter, followed] = [0, 0];
  for (let i = 0; i + 1 < count; i++) {
    const line = lines[i] as L;
    if (!line.anchored || line.width === widest) continue;
    shorter++;
    if (continues(lines[i + 1] as L)) followed++;
  }
  return shorter >= FEW && 4 * followed > 3 * shorter;
}

/** The second text may go on within the last word of the first, and is no message of its own: those have a name before a colon. */
function isWord(first: string, second: string): boolean {
  return /\w$/.test(first) && /^[a-z\d_./,)-]/.test(second) && !/[:#$>] /.test(second.slice(0, LONGEST_NAME));
}
