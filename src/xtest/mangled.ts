// Counts lines that look like those of OP-TEE or xtest, but were changed so that they cannot be believed.
import type { Line } from "../text/line.ts";
import { voiceOf } from "./facts/voice.ts";
import { createLineCounts } from "./line_counts.ts";
import { LINE_GRAMMAR } from "./line_grammar.ts";
import { findNear } from "./near.ts";
import { itemsOf } from "./recognise.ts";

/** A line, and what is wrong with it. */
interface MangledLine {
  readonly line: number;
  readonly text: string;
}

/** How many there are, and the first of them. */
export interface Mangled {
  readonly count: number;
  readonly first: readonly MangledLine[];
}

/** Takes every line. */
interface MangledReader {
  take(line: Line, isPrinted: boolean): void;
  end(): Mangled;
}

/** Letters of the labels, in small ones without blanks. */
const LABELS = ["bytesallocated", "sizeofpool", "numberoffailedalloc", "allocationfailure", "allocatedatthatfailure"];
/** So many letters may be wrong. */
const WRONG = 2;
const FIRST_FEW = 5;
const SHORTEST = 10;
const LONGEST = 120;
/** Searches for nearly equal labels are slow: no more of them in one text. */
const MOST_SEARCHES = 50_000;
const ENDS_IN_FIGURE = /\d.{0,2}$/;
const OTHER_CASE = /(?:^|[^\w/])[a-z]\/(?:t[ac]|ld):/i;
const SMALL = /[a-z]/;
const NO_CAPITALS = /[^A-Z]+/g;
/** An error code alone has fewer capitals. */
const MANY = 16;
/** Quoted-printable: an escaped sign, or the end of a line that goes on. */
const QUOTED = /=3D|[^=]=$/;
const ESCAPED = /[a-z]=3D/i;
/** Such a text is broken at 76 characters. */
const WIDE = 70;
/** What stands before every line of the console, with one character lost. */
const NEAR_VOICE = /^(?:\/T[CA]:|[DEFIMW]T[CA]:|[DEFIMW]\/[ACT]:|[DEFIMW]\/T[CA][ \d?])/;
const DUMPED = /^[\da-f]{4,16}:?\s{1,4}((?:[\da-f]{2,4}\s{1,2}){4,16})/i;
/** A line of a dump holds a part of a line; so much of them is looked at together. */
const HELD = 96;
const DUMP = "a dump of a text, give the text itself";

/** Looks at the lines of one text. */
export function createMangledReader(): MangledReader {
  const first: MangledLine[] = [];
  const counts = createLineCounts();
  let count = 0;
  let searches = 0;
  /** The text in the last lines of a dump. */
  let dumped = "";

  function add(line: number, text: string): void {
    count++;
    if (first.length < FIRST_FEW) first.push({ line, text });
  }
  function isNearLabel(text: string): boolean {
    if (text.length < SHORTEST || text.length > LONGEST || !ENDS_IN_FIGURE.test(text)) return false;
    if (searches >= MOST_SEARCHES || itemsOf(text).length > 0) return false;
    searches++;
    const letters = text.toLowerCase().replaceAll(/[^a-z]+/g, "");
    return letters.length >= SHORTEST && LABELS.some((label) => findNear(letters, label, 0, WRONG) !== undefined);
  }
  function isDumpedText(text: string): boolean {
    const found = DUMPED.exec(text)?.[1];
    if (found === undefined) return false;
    dumped = `${dumped}${charactersOf(found)}`.slice(-HELD);
    return LINE_GRAMMAR.anchorIn(dumped) >= 0;
  }
  return {
    take({ text, before, number, anchored }, isPrinted) {
      counts.take(before, number);
      const isAnchored = isPrinted || anchored;
      if (isDumpedText(before === "" ? text : `${before} ${text}`)) add(number, `${DUMP}: ${text}`);
      else if (isPrinted && !SMALL.test(text) && text.replaceAll(NO_CAPITALS, "").length > MANY)
        add(number, `in capitals: ${text}`);
      else if (QUOTED.test(text) && (isAnchored || ESCAPED.test(text) || (text.length > WIDE && text.includes(" "))))
        add(number, `quoted-printable: ${text}`);
      else if (isPrinted) return;
      else if (NEAR_VOICE.test(text) || (OTHER_CASE.test(text) && voiceOf(text) === undefined)) add(number, text);
      else if (isNearLabel(text)) add(number, `nearly a figure of statistics: ${text}`);
    },
    end() {
      const counted = counts.first();
      if (counted !== undefined) {
        count += counted.lines;
        first.unshift({ line: counted.line, text: "counts before the lines, as of 'uniq -c': give the text itself" });
      }
      return { count, first: first.slice(0, FIRST_FEW) };
    },
  };
}

/** The characters of hexadecimal bytes; zeros and other controls become blanks. */
function charactersOf(hex: string): string {
  const pairs = hex.replaceAll(/\s+/g, "").match(/../g) ?? [];
  return pairs.map((pair) => String.fromCharCode(Math.max(32, Number.parseInt(pair, 16)))).join("");
}
