// Finds the width at which a terminal broke the lines of a text.

/** Widths that terminals and windows have often: there one broken line is enough. */
const COMMON: ReadonlySet<number> = new Set([40, 64, 72, 80, 90, 96, 100, 110, 120, 128, 130, 132, 140, 150, 160]);
const LEAST = 40;
const MOST = 200;
/** So many lines of one width, which is the largest, are no chance. */
const ENOUGH = 2;

/**
 * The width of lines that were broken, or undefined if they do not look so: no line is wider, and lines of that width are
 * followed by one that begins as none does, and so may be their rest: most of them, unless terminals often have that width.
 */
export function brokenAt<L extends { readonly width: number }>(
  lines: readonly L[],
  continues: (line: L) => boolean,
): number | undefined {
  let widest = 0;
  for (const { width } of lines) if (width > widest) widest = width;
  if (widest < LEAST || widest > MOST) return undefined;
  let full = 0;
  let broken = 0;
  for (const [i, { width }] of lines.entries()) {
    if (width !== widest) continue;
    full++;
    const next = lines[i + 1];
    if (next !== undefined && continues(next)) broken++;
  }
  const enough = COMMON.has(widest) ? broken > 0 : broken >= ENOUGH && 2 * broken >= full;
  return enough ? widest : undefined;
}
