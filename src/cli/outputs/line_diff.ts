// What changed in a text whose lines stay where they are, as a unified diff that `patch` and `git apply` take.
import { joined, type Printable, printableLines, shown } from "../../base/printable.ts";
import type { Paint } from "../../view/terminal/paint.ts";

/** Lines around a change. */
const AROUND = 3;

/** A diff of two texts with as many lines each; empty where they are equal. */
export function lineDiff(path: string, before: string, after: string, paint: Paint): Printable {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  const hunks = hunksOf(old, fresh);
  if (hunks.length === 0) return joined([]);
  const count = before.endsWith("\n") ? old.length - 1 : old.length;
  const name = printableLines(path);
  const lines = [
    paint.bold(shown`--- ${name}`),
    paint.bold(shown`+++ ${name}`),
    ...hunks.flatMap(({ from, to }) => {
      const [begin, end] = [Math.max(0, from - AROUND), Math.min(count, to + AROUND)];
      return [
        paint.cyan(shown`@@ -${begin + 1},${end - begin} +${begin + 1},${end - begin} @@`),
        ...hunkLines(begin, end),
      ];
    }),
  ];
  return shown`${joined(lines, "\n")}\n`;

  function hunkLines(begin: number, end: number): Printable[] {
    const lines: Printable[] = [];
    for (let n = begin; n < end; ) {
      let last = n;
      while (last < end && old[last] !== fresh[last]) last++;
      const changed = Math.max(last, n + 1);
      const isSame = last === n;
      const said = (text: readonly string[], sign: "-" | "+" | " "): Printable[] =>
        text.slice(n, changed).flatMap((line, at) => [
          shown`${sign}${printableLines(line)}`,
          // The last line, where nothing ends it.
          ...(n + at === text.length - 1 ? [shown`\\ No newline at end of file`] : []),
        ]);
      lines.push(
        ...(isSame ? said(old, " ") : [...said(old, "-").map(paint.red), ...said(fresh, "+").map(paint.green)]),
      );
      n = changed;
    }
    return lines;
  }
}

/** Ranges of lines with changes, those together whose surroundings meet. */
function hunksOf(old: readonly string[], fresh: readonly string[]): { from: number; to: number }[] {
  const hunks: { from: number; to: number }[] = [];
  for (const [n, line] of old.entries()) {
    if (line === fresh[n]) continue;
    const last = hunks.at(-1);
    if (last !== undefined && n - last.to <= 2 * AROUND) last.to = n + 1;
    else hunks.push({ from: n, to: n + 1 });
  }
  return hunks;
}
