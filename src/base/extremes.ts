// For values that a file can have many of: `Math.max(...values)` takes no more of them than fit on the stack.

/** The largest of some numbers and `start`. */
export function mostOf(values: Iterable<number>, start = Number.NEGATIVE_INFINITY): number {
  let most = start;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** The smallest of some numbers and `start`. */
export function leastOf(values: Iterable<number>, start = Number.POSITIVE_INFINITY): number {
  let least = start;
  for (const value of values) if (value < least) least = value;
  return least;
}
