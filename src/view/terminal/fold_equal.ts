// Rows that are equal and follow upon each other, as one.

/** A row, and how many times it stood there. */
interface Folded<T> {
  readonly first: T;
  readonly times: number;
}

/** Rows with the same key that follow upon each other become one. */
export function foldEqual<T>(rows: readonly T[], keyOf: (row: T) => string): Folded<T>[] {
  const folded: { first: T; times: number; key: string }[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    const last = folded.at(-1);
    if (last?.key === key) last.times++;
    else folded.push({ first: row, times: 1, key });
  }
  return folded;
}
