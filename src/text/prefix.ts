// Learns what a terminal program or a log service puts before each line: time stamps, host names, quotes, the same shape on many lines.

/** What may stand before lines. */
export interface Prefixes {
  /** Learns from the beginning of a line, one character a byte, that stands before words that are known. */
  learn(before: string): void;
  /** How many characters of a line such a prefix takes, 0 if none does. */
  lengthIn(line: string): number;
  /** The same for the shape of most lines alone. */
  mainLengthIn(line: string): number;
  /** Lines that a prefix was learnt from. */
  readonly learnt: number;
}

/** A word with a digit may be any such word; other words are some certain ones, and another character stands for itself. */
interface Part {
  readonly kind: "number" | "word" | "mark";
  /** Words that were seen here, and the character of a mark. */
  readonly seen: Set<string>;
}

interface Shape {
  readonly parts: readonly Part[];
  lines: number;
  /** When it was met last, to forget the oldest. */
  latest: number;
}

/** A prefix has been seen on so many lines before it is believed to be one on a line of other words. */
const ENOUGH = 2;
const MOST_SHAPES = 16;
/** Words of one place: months, hosts, programs. */
const MOST_WORDS = 32;
const LONGEST = 160;
const PART = /\w+|[\s\S]/y;
const PARTS = /\w+|[^\s\w]/g;

/** Starts without any. */
export function createPrefixes(): Prefixes {
  let shapes: Shape[] = [];
  let clock = 0;
  let learnt = 0;

  function learn(before: string): void {
    if (before.length > LONGEST || before.trim() === "") return;
    const texts = partsOf(before);
    learnt++;
    clock++;
    const known = shapes.find(({ parts }) => isShape(parts, texts));
    if (known === undefined) {
      const oldest = shapes.length < MOST_SHAPES ? undefined : Math.min(...shapes.map(({ latest }) => latest));
      shapes = shapes.filter(({ latest }) => latest !== oldest);
      const parts = texts.map((text) => ({ kind: kindOf(text), seen: new Set([text]) }));
      shapes.push({ parts, lines: 1, latest: clock });
      return;
    }
    known.lines++;
    known.latest = clock;
    for (const [i, { seen }] of known.parts.entries()) if (seen.size < MOST_WORDS) seen.add(texts[i] ?? "");
  }
  function lengthIn(line: string): number {
    let longest = 0;
    for (const { parts, lines } of shapes) if (lines >= ENOUGH) longest = Math.max(longest, matched(parts, line));
    return longest;
  }
  function mainLengthIn(line: string): number {
    const [first, ...others] = shapes;
    if (first === undefined) return 0;
    const main = others.reduce((most, one) => (one.lines > most.lines ? one : most), first);
    return main.lines >= ENOUGH ? matched(main.parts, line) : 0;
  }
  return {
    learn,
    lengthIn,
    mainLengthIn,
    get learnt() {
      return learnt;
    },
  };
}

/** Blanks are no part: their number changes with the width of figures. */
function partsOf(before: string): string[] {
  return before.match(PARTS) ?? [];
}

function kindOf(text: string): Part["kind"] {
  if (!/^\w/.test(text)) return "mark";
  return /\d/.test(text) ? "number" : "word";
}

function isShape(parts: readonly Part[], texts: readonly string[]): boolean {
  return (
    parts.length === texts.length &&
    parts.every(({ kind, seen }, i) => {
      const text = texts[i] ?? "";
      return kind === kindOf(text) && (kind !== "mark" || seen.has(text));
    })
  );
}

/** How many characters of a line these parts take, blanks behind them too; 0 where they do not stand at its beginning. */
function matched(parts: readonly Part[], line: string): number {
  let at = pastBlanks(line, 0);
  for (const { kind, seen } of parts) {
    PART.lastIndex = at;
    const text = PART.exec(line)?.[0];
    if (text === undefined || kindOf(text) !== kind || (kind !== "number" && !seen.has(text))) return 0;
    at = pastBlanks(line, at + text.length);
  }
  return at;
}

function pastBlanks(line: string, from: number): number {
  let at = from;
  while (line[at] === " " || line[at] === "\t") at++;
  return at;
}
