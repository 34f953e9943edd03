// Finds what stands behind all lines of a text and is not theirs: `$`, `\r\n`, `<CR><LF>`, `#015`, `\par`, a bar.

/** What may begin it: no character that words or figures end with. */
const MARK = /["'`\\|$<[#^\u00e2]/;
const FEWEST = 3;
/** So many lines are looked at. */
const MOST = 64;

/** What all of some lines that are known end with; empty if there is nothing, or too few lines differ. */
export function commonEnding(lines: Iterable<string>): string {
  let ending: string | undefined;
  const seen = new Set<string>();
  for (const line of lines) {
    const text = line.trimEnd();
    ending = ending === undefined ? text : sameEnd(ending, text);
    if (!MARK.test(ending)) return "";
    seen.add(text);
    if (seen.size === MOST) break;
  }
  if (ending === undefined || seen.size < FEWEST) return "";
  return ending.slice(ending.search(MARK));
}

/** What two texts have in common at their ends. */
function sameEnd(a: string, b: string): string {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length === 0 ? "" : a.slice(-length);
}
