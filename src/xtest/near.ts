/** Where a word stands in a text, perhaps with wrong, missing or additional characters. */
export interface Near {
  /** First character of the match, and the one behind it. */
  readonly from: number;
  readonly to: number;
  /** Characters that must be changed, removed or added to get the word. */
  readonly errors: number;
}

/**
 * The best match of a word in `text` from `start` on, with at most `most` errors; `undefined` if there is none. Of equal
 * ones the first, and of those that begin alike the longest. Takes time and memory for text times word: for lines. (Sellers'
 * algorithm: edit distance with a free start.)
 */
export function findNear(text: string, word: string, start: number, most: number): Near | undefined {
  const exact = text.indexOf(word, start);
  if (exact >= 0) return { from: exact, to: exact + word.length, errors: 0 };
  const rows = word.length + 1;
  const cost = Array.from({ length: rows }, (_, i) => i);
  const begun = new Array<number>(rows).fill(start);
  let best: Near | undefined;
  for (let at = start; at < text.length; at++) {
    let [diagonal, diagonalBegun] = [cost[0] as number, begun[0] as number];
    begun[0] = at + 1;
    for (let row = 1; row < rows; row++) {
      const [left, leftBegun] = [cost[row] as number, begun[row] as number];
      const changed = diagonal + (word[row - 1] === text[at] ? 0 : 1);
      const above = (cost[row - 1] as number) + 1;
      if (changed <= above && changed <= left + 1) {
        cost[row] = changed;
        begun[row] = diagonalBegun;
      } else if (above <= left + 1) {
        cost[row] = above;
        begun[row] = begun[row - 1] as number;
      } else cost[row] = left + 1;
      [diagonal, diagonalBegun] = [left, leftBegun];
    }
    const errors = cost[rows - 1] as number;
    const from = begun[rows - 1] as number;
    if (
      errors <= most &&
      (best === undefined || errors < best.errors || (errors === best.errors && from === best.from))
    )
      best = { from, to: at + 1, errors };
  }
  return best;
}

/** More than two. */
export const FAR = 3;

/** In how many characters two texts of one length differ: 0 to 2, else `FAR`. */
export function changes(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length && count < FAR; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) count++;
  return count;
}

/** How many characters of `a` were changed, lost or added to make `b`: 0 to 2, else `FAR`. */
export function edits(a: string, b: string, fromA = 0, fromB = 0, budget = 2): number {
  let i = fromA;
  let j = fromB;
  while (i < a.length && j < b.length && a.charCodeAt(i) === b.charCodeAt(j)) {
    i++;
    j++;
  }
  const [restA, restB] = [a.length - i, b.length - j];
  if (restA === 0 || restB === 0) return restA + restB <= budget ? restA + restB : FAR;
  if (budget === 0 || Math.abs(restA - restB) > budget) return FAR;
  const changed = edits(a, b, i + 1, j + 1, budget - 1);
  const lost = restA > restB - budget ? edits(a, b, i + 1, j, budget - 1) : FAR;
  const added = restB > restA - budget ? edits(a, b, i, j + 1, budget - 1) : FAR;
  return Math.min(FAR, 1 + Math.min(changed, lost, added));
}
