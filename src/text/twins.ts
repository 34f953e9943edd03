// Finds texts in which each line stands twice, as two recorders of one console leave it.

const FEWEST = 6;
/** Of so many pairs one may be none. */
const RARE = 16;

/**
 * Of `count` lines, the place of the first one of a pair: 0 or 1, where nearly all lines are the second of a pair or its first.
 * Undefined where they are not; equal lines of a list are no such pairs. `wordsOf` gives what stands at a place.
 */
export function firstTwin(count: number, wordsOf: (index: number) => string): 0 | 1 | undefined {
  for (const first of [0, 1] as const) if (areTwins(first, count, wordsOf)) return first;
  return undefined;
}

function areTwins(first: number, count: number, wordsOf: (index: number) => string): boolean {
  const different = new Set<string>();
  let [pairs, others] = [0, 0];
  for (let i = first; i + 1 < count; i += 2) {
    const words = wordsOf(i);
    if (words === "" && wordsOf(i + 1) === "") continue;
    pairs++;
    if (words === wordsOf(i + 1)) different.add(words);
    else if (++others * RARE > pairs + RARE) return false;
  }
  return different.size >= FEWEST && others * RARE <= pairs;
}
