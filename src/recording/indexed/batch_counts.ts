// Counts the rows of each heap in a batch.

/** Counts rows by heap; runs of one heap cost next to nothing. */
interface BatchCounts {
  /** A row of a heap. True for its first in this batch. */
  count(key: number): boolean;
  /** Keys, ascending, and the rows of each. */
  finish(): { readonly heaps: number[]; readonly counts: number[] };
}

export function createBatchCounts(): BatchCounts {
  const counts = new Map<number, number>();
  let [last, rows] = [-1, 0];
  function store(): void {
    if (last >= 0) counts.set(last, (counts.get(last) ?? 0) + rows);
    rows = 0;
  }
  return {
    count(key) {
      if (key !== last) {
        store();
        last = key;
      }
      rows++;
      return rows === 1 && !counts.has(key);
    },
    finish() {
      store();
      const heaps = [...counts.keys()].sort((a, b) => a - b);
      return { heaps, counts: heaps.map((key) => counts.get(key) ?? 0) };
    },
  };
}
