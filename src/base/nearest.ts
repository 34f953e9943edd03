// Says which names are most like one that nothing has.

/** The names that are most like what was typed, best first, at most `count`; all must have something in common with it. */
export function nearest(typed: string, names: readonly string[], count = 3): string[] {
  return [...new Set(names)]
    .map((name) => ({ name, distance: unlikeness(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance: d }) => d < Math.max(typed.length, name.length) * 0.6)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Names that go on where the typing stopped are nearest, then those that hold it; then few typing errors count. */
function unlikeness(typed: string, name: string): number {
  if (typed !== "" && name.startsWith(typed)) return (name.length - typed.length) / 100;
  if (typed.length >= 3 && name.includes(typed)) return 0.5 + (name.length - typed.length) / 100;
  return distance(typed, name);
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
