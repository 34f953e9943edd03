// Takes lines out of what other programs wrapped around them: entries in JSON, texts in quotes of CSV, YAML, Python, logfmt.
import { jsonEntry } from "./json_entry.ts";
import type { Grammar } from "./line.ts";
import { createPrefixes } from "./prefix.ts";
import { type Quoted, quotedIn } from "./quoted.ts";

/** Takes lines out. */
interface Envelopes {
  /** Learns from a line what stands before the texts. Show it all lines of a window first. */
  learn(line: string): void;
  /** Texts say where lines end: what has no end goes on in the next. */
  readonly parted: boolean;
  /** The lines in this one, with what stood before the text; undefined for one that has nothing around it. */
  linesIn(line: string): EnvelopeText | undefined;
}

/** What was in an envelope. */
export interface EnvelopeText {
  readonly before: string;
  /** At least one. */
  readonly lines: readonly string[];
  /** The text says that its last line ends here. */
  readonly ends: boolean;
}

const QUOTE = /["']/;
/** In the cell behind that of a label. */
const VALUE = /^[\s:,;|]{1,20}"?(-?\d[\d.,' ]{0,20}(?: ?%)?)/;

/** Starts without any. `grammar` tells which texts are wanted. */
export function createEnvelopes({ anchorIn, stateOf }: Pick<Grammar, "anchorIn" | "stateOf">): Envelopes {
  const quotes = createPrefixes();
  let parted = false;

  /** Those with a line that is wanted; none where the line itself begins before them. */
  function wanted(line: string, all = quotedIn(line)): readonly Quoted[] {
    const found = all.filter(({ text }) => anchorIn(text) >= 0);
    const at = found[0] === undefined ? -1 : anchorIn(line);
    return at >= 0 && at < (found[0]?.from ?? 0) ? [] : found;
  }
  function known(line: string): Quoted | undefined {
    const length = quotes.lengthIn(line);
    return length === 0
      ? undefined
      : quotedIn(line).find(({ from }) => from < length && line.slice(from + 1, length).trim() === "");
  }
  return {
    learn(line) {
      if (!QUOTE.test(line)) return;
      const entry = jsonEntry(line);
      const [first] = entry === undefined ? wanted(line) : [];
      if (first !== undefined) quotes.learn(line.slice(0, first.from + 1));
      parted ||= (entry ?? first)?.text.includes("\n") === true;
    },
    get parted() {
      return parted;
    },
    linesIn(line) {
      if (!QUOTE.test(line)) return undefined;
      const entry = jsonEntry(line);
      if (entry !== undefined) return opened(`${entry.before} ${entry.time}`.trim(), entry.text);
      const cells = quotedIn(line);
      const all = wanted(line, cells);
      const [one = known(line)] = all;
      if (one === undefined) return undefined;
      if (all.length > 1) return opened("", cells.map(({ text }) => text).join("\n"));
      const value = stateOf(one.text) === "open" ? VALUE.exec(line.slice(one.to))?.[1] : undefined;
      return opened(
        line.slice(0, one.from),
        value === undefined ? one.text : `${one.text.replace(/:$/, "")}: ${value}`,
      );
    },
  };
}

function opened(before: string, text: string): EnvelopeText {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const ends = lines.length > 1 && lines.at(-1) === "";
  return {
    before: before === "" ? "" : `${before} `,
    lines: ends ? lines.slice(0, -1) : lines,
    ends,
  };
}
