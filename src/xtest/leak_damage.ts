// Reads damaged leak lines.
import { BUFFER, BYTES } from "./leak_words.ts";
import { findNear, type Near } from "./near.ts";

/** What is left of one leak line. */
export interface DamagedLeak {
  /** "TC", "TA" or "LD"; empty where that is gone. */
  readonly from: string;
  /** Bytes asked for; `undefined` where a digit may be wrong or missing. */
  readonly size: number | undefined;
  /** Where `size` is not known: the middle of what it can have been, from the digits that are left. */
  readonly about: number | undefined;
  /** What stands where the file and the line do; empty where that is gone. */
  readonly site: string;
  /** `site` has the form of a call site, and what stands around it is whole. */
  readonly whole: boolean;
  /** Wrong, missing and additional characters in the fixed words of the line. */
  readonly errors: number;
}

const HEAD_WORD = `${BUFFER} `;
const MID_WORD = ` ${BYTES} `;
const MOST = 2;
/** Characters of the shortest place, `a.c:1`. */
const SHORTEST = 5;
const SHORTEST_LINE = 24;
const HINT = /buf|uff|ffe|fer|byt|yte/;
const PREFIX = /[A-Z]\/|\/T|T[CA]:|LD:|^.{0,6}$/;
const VOICE = /[A-Z]\/(TC|TA|LD)/;
const NEXT = /\*?[A-Z]\/(?:TC|TA|LD):/;
const SITE = /^([\w./+@~-]+:\d{1,5})/;
/** A call site, or a piece of one. */
const PLACE = /[/:]|\.\w/;
const HEAD = /[A-Z]\/(?:TC|TA|LD): [?\d ]*(?:[A-Za-z_]\w*:\d+ )?buffer: \d/;
const TAIL = /\d bytes \S+:\d{1,5}$/;
const BLANKS = /\s{2,}|\t/g;

/**
 * Reads what damage has left of a line: more than one block where a newline was lost. Empty for a line that is none of the
 * kind. The words `buffer:` and `bytes` may have two wrong characters each; a size only counts where nothing next to it is
 * wrong.
 */
export function readDamaged(text: string): DamagedLeak[] {
  if (!HINT.test(text)) return [];
  const line = text.replace(BLANKS, " ");
  const found: DamagedLeak[] = [];
  let at = 0;
  while (at < line.length) {
    const one = readOne(line, at);
    if (one === undefined) break;
    found.push(one.leak);
    at = one.end;
  }
  return found;
}

/** A line that began or ended as a leak line does, of which too little is left to count it. */
export function isLost(line: string): boolean {
  if (!PREFIX.test(line.slice(0, 40))) return false;
  const head = findNear(line, HEAD_WORD, 0, MOST + 1);
  if (head === undefined) return false;
  const mid = findNear(line, MID_WORD, head.to - 1, MOST);
  // Both words are whole: then the rest was not damaged, but is another's.
  if (mid !== undefined && head.errors + mid.errors === 0) return false;
  return mid !== undefined || TAIL.test(line) || HEAD.test(line);
}

function readOne(line: string, at: number): { leak: DamagedLeak; end: number } | undefined {
  const head = firstHead(line, at);
  if (head === undefined) return undefined;
  const before = line.slice(at, head.from);
  const mid = findNear(line.slice(0, head.to + 24), MID_WORD, Math.max(at, head.to - 1), MOST);
  if (mid === undefined || mid.from < head.to - 1) return undefined;
  const rest = line.slice(mid.to);
  const next = nextIn(rest);
  const own = next > 0 ? rest.slice(0, next) : rest;
  if (!PLACE.test(own) && (own !== "" || head.errors + mid.errors > 0)) return undefined;
  const site = SITE.exec(own)?.[1];
  const whole = site !== undefined && site.length === own.length && line[mid.to - 1] === " ";
  const leak = {
    from: VOICE.exec(before)?.[1] ?? "",
    size: sizeIn(line, head.to, mid.from),
    about: middleOf(line.slice(head.to, mid.from)),
    // Where a newline was lost, what stands behind the line's number belongs to neither.
    site: site !== undefined && next > 0 ? site : own,
    whole: whole && next < 0,
    errors: head.errors + mid.errors,
  };
  return { leak, end: next > 0 ? mid.to + next : line.length };
}

/** The first `buffer: `: a whole one may belong to a line behind it whose newline was lost. */
function firstHead(line: string, at: number): Near | undefined {
  const best = findNear(line, HEAD_WORD, at, MOST);
  const first =
    best && best.from - at > SHORTEST_LINE ? findNear(line.slice(0, best.from), HEAD_WORD, at, MOST) : undefined;
  return [first, best].find((head) => head !== undefined && PREFIX.test(line.slice(at, head.from)));
}

/** Where the next line begins in a text whose newline was lost, or -1. */
function nextIn(rest: string): number {
  const next = rest.search(NEXT);
  if (next >= 0) return next;
  const head = findNear(rest, HEAD_WORD, SHORTEST, MOST);
  return head === undefined ? -1 : Math.max(SHORTEST, head.from - "I/TC: ".length);
}

/** The number between the two words, unless a digit next to it shows that a blank became one. */
function sizeIn(line: string, from: number, to: number): number | undefined {
  const text = line.slice(from, to);
  if (!/^\d{1,10}$/.test(text) || isDigit(line[from - 1]) || isDigit(line[to])) return undefined;
  return Number(text);
}

/** Mean of a first digit (Benford): small ones are more frequent. */
const FIRST = 3.5;

/** A number of which digits are destroyed. */
function middleOf(text: string): number | undefined {
  if (text.length > 10 || !/\d/.test(text)) return undefined;
  return [...text].reduce(
    (sum, character, i) => 10 * sum + (isDigit(character) ? Number(character) : i === 0 ? FIRST : 4.5),
    0,
  );
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}
