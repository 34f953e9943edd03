// Tells counts before lines, as `uniq -c` writes them, from line numbers and clocks: each line stands for several.

/** Takes what stands before each line. */
interface LineCounts {
  take(before: string, line: number): void;
  /** The first line with more than one, and how many have; undefined where the numbers are no counts. */
  first(): { readonly line: number; readonly lines: number } | undefined;
}

const COUNT = /^\d{1,6}$/;

/** Looks at the numbers before the lines of one text. */
export function createLineCounts(): LineCounts {
  let last: number | undefined;
  /** Line numbers go up; a clock begins with 0 or goes on from something large. */
  let falls = 0;
  let jumps = 0;
  let least = Number.POSITIVE_INFINITY;
  let many = 0;
  let firstMany = 0;
  return {
    take(before, line) {
      if (!COUNT.test(before)) return;
      const value = Number(before);
      if (last !== undefined && value <= last) falls++;
      if (last !== undefined && value !== last + 1 && value !== 1) jumps++;
      if (last === 1 && value === 1) jumps++;
      if (value > 1 && many++ === 0) firstMany = line;
      least = Math.min(least, value);
      last = value;
    },
    first: () => (least === 1 && many > 0 && falls > 0 && jumps > 0 ? { line: firstMany, lines: many } : undefined),
  };
}
