// Looks at some dozen KiB of a text as a whole: where its lines are, where their own words begin, at which width they were broken.
import { cleanLine, hasBareColours, isClean, isUnclean, shownWidth } from "./clean.ts";
import { type CutColumn, cutAt, perhapsCut } from "./column.ts";
import { commonEnding } from "./ending.ts";
import { createEnvelopes, type EnvelopeText } from "./envelope.ts";
import { latin1 } from "./latin1.ts";
import type { Grammar } from "./line.ts";
import { hasMarkup, withoutMarkup } from "./markup.ts";
import { createNextByte } from "./next_byte.ts";
import type { Prefixes } from "./prefix.ts";
import { firstTwin } from "./twins.ts";
import { brokenAt } from "./width.ts";
import {
  closeWords,
  continues,
  dropEnd,
  endAt,
  isBlankByte,
  isRest,
  shownOf,
  type WindowLine,
  wordsOf,
} from "./window_line.ts";

const [NEWLINE, RETURN, LESS, AND, STAR, BRACKET, QUOTE, APOSTROPHE] = [10, 13, 60, 38, 42, 91, 34, 39];

/** Of so many lines with something before them one may have nothing. */
const FEW = 5;

/** What is known of a text beyond the window. */
interface Window {
  /** Lines so far. */
  readonly lines: number;
  readonly width: number | undefined;
  /** The column at which its lines were cut. */
  readonly column: number | undefined;
  /** Each line stood twice. */
  readonly doubled: boolean;
  /** A line of the last look that may have been cut, where nothing tells. */
  readonly doubtful: WindowLine | undefined;
  /** Looks at the lines up to `end`; how many entries they are. */
  look(end: number): number;
  /** One of them; undefined beyond the last. It is used again at the next look. */
  entry(index: number): WindowLine | undefined;
  /** A bracket stands in the entry. Ask for one after the other. */
  hasBracket(entry: WindowLine): boolean;
}

/** A window on `bytes`, which hold the next lines at every look. Long: one state of the window, which all steps share. */
export function createWindow(bytes: Uint8Array, grammar: Grammar, prefixes: Prefixes): Window {
  const envelopes = createEnvelopes(grammar);
  const quotes = [createNextByte(QUOTE), createNextByte(APOSTROPHE)];
  const returns = createNextByte(RETURN);
  const brackets = createNextByte(BRACKET);
  let lines = 0;
  let width: number | undefined;
  let cutting: CutColumn | undefined;
  /** What stands behind all lines of the text. */
  let ending = "";
  let doubled = false;
  /** Of a text in parts: the line whose end the next part may have. */
  let unfinished: EnvelopeText | undefined;
  /** How far the own words of the last line with a prefix stand from its start. */
  let offset = 0;

  /** Objects for a window's lines are made once: there are millions of lines. */
  const entries: WindowLine[] = [];
  let count = 0;

  function add(): WindowLine {
    const known = entries[count];
    const entry = known ?? {
      number: 0,
      start: 0,
      own: 0,
      end: 0,
      text: undefined,
      anchored: false,
      width: 0,
      cut: false,
      clipped: false,
    };
    if (known === undefined) entries.push(entry);
    count++;
    entry.clipped = false;
    entry.number = lines;
    return entry;
  }
  function addBytes(from: number, to: number, cut: boolean): void {
    let own = from;
    let end = to;
    while (own < end && isBlankByte(bytes[own])) own++;
    while (end > own && isBlankByte(bytes[end - 1])) end--;
    let anchored = grammar.startsAt(bytes, own, end);
    if (!anchored && offset > 0 && grammar.startsAt(bytes, from + offset, end)) {
      own = from + offset;
      anchored = true;
    }
    const entry = add();
    entry.start = from;
    entry.own = own;
    entry.end = end;
    entry.text = undefined;
    entry.anchored = anchored;
    entry.width = to - from;
    entry.cut = cut;
  }
  /** The own words begin behind the first `before` characters. */
  function addTexts(raw: string, markup: boolean, cut: boolean, before = 0): void {
    for (const part of markup ? withoutMarkup(raw) : [raw])
      for (const shown of part.split("\r")) {
        const text = cleanLine(shown);
        const words = text.slice(before);
        const own = before + words.length - words.trimStart().length;
        const end = Math.max(own, text.trimEnd().length);
        Object.assign(add(), { start: 0, own, end, text, anchored: false, width: shownWidth(shown, text), cut });
      }
  }
  function addEnvelope(found: EnvelopeText, markup: boolean, cut: boolean): void {
    const first = unfinished;
    unfinished = undefined;
    const before = first?.before ?? found.before;
    const own = first === undefined ? found.lines : [`${first.lines[0]}${found.lines[0]}`, ...found.lines.slice(1)];
    const whole = found.ends || !envelopes.parted ? own : own.slice(0, -1);
    for (const [i, line] of whole.entries()) {
      // Each is a line of its own, with its own number.
      if (i > 0) lines++;
      addTexts(`${before}${line}`, markup, cut, before.length);
    }
    if (whole.length < own.length) unfinished = { ...found, lines: own.slice(-1) };
  }
  function finish(): void {
    const { before = "", lines: [line] = [] } = unfinished ?? {};
    unfinished = undefined;
    if (line !== undefined) addTexts(`${before}${line}`, false, false, before.length);
  }
  /** The lines up to `end`, without the returns around them. */
  function eachRaw(end: number, visit: (from: number, to: number, cut: boolean) => void): void {
    const held = bytes.subarray(0, end);
    for (let start = 0; start < end; ) {
      const found = held.indexOf(NEWLINE, start);
      const next = found < 0 ? end : found;
      let [from, to] = [start, next];
      while (from < to && bytes[from] === RETURN) from++;
      while (to > from && bytes[to - 1] === RETURN) to--;
      visit(from, to, found < 0);
      start = next + 1;
    }
  }
  function hasQuotes(from: number, to: number): boolean {
    return quotes.some((quote) => quote.from(from) < to);
  }
  function findLines(end: number): void {
    count = 0;
    const held = bytes.subarray(0, end);
    brackets.reset(held, end);
    const clean = isClean(held) && !(brackets.from(0) < end && hasBareColours(latin1(held, 0, end)));
    const marked = held.indexOf(LESS) >= 0 || held.indexOf(AND) >= 0 || hasTwice(held, STAR);
    const markup = marked && hasMarkup(latin1(held, 0, end));
    returns.reset(held, end);
    for (const quote of quotes) quote.reset(held, end);
    if (hasQuotes(0, end)) {
      eachRaw(end, (from, to) => {
        if (hasQuotes(from, to)) envelopes.learn(latin1(bytes, from, to));
      });
      for (const quote of quotes) quote.reset(held, end);
    }
    eachRaw(end, (from, to, cut) => {
      lines++;
      const quoted = hasQuotes(from, to);
      const raw = clean && !markup && !quoted && returns.from(from) >= to ? undefined : latin1(bytes, from, to);
      const envelope = quoted && raw !== undefined ? envelopes.linesIn(raw) : undefined;
      if (envelope !== undefined) addEnvelope(envelope, markup, cut);
      else {
        finish();
        if (raw === undefined || (!markup && !raw.includes("\r") && !isUnclean(raw) && (clean || !hasBareColours(raw))))
          addBytes(from, to, cut);
        else addTexts(raw, markup, cut);
      }
    });
    finish();
  }
  /** Finds where the own words of a line begin that does not begin with them. */
  function findAnchor(entry: WindowLine): void {
    if (entry.anchored || entry.end <= entry.own + 3) return;
    const shown = shownOf(entry, bytes);
    const at = grammar.anchorIn(shown);
    if (at < 0) return;
    entry.anchored = true;
    entry.own = entry.start + at;
    if (shown.slice(0, at).trim() === "") return;
    prefixes.learn(shown.slice(0, at));
    if (entry.text === undefined) offset = at;
  }
  function findPrefix(entry: WindowLine): void {
    if (entry.anchored) return;
    const at = prefixes.lengthIn(shownOf(entry, bytes));
    if (at > 0) entry.own = Math.max(entry.own, Math.min(entry.end, entry.start + at));
  }
  function* anchoredLines(): Generator<string> {
    for (let i = 0; i < count; i++) if (entries[i]?.anchored === true) yield wordsOf(entries[i] as WindowLine, bytes);
  }
  /** Takes off what stands behind all lines. */
  function dropEnding(): void {
    ending = commonEnding(anchoredLines()) || ending;
    for (let i = 0; ending !== "" && i < count; i++) {
      const entry = entries[i] as WindowLine;
      const shown = entry.text?.slice(0, entry.end) ?? latin1(bytes, entry.start, entry.end);
      if (shown.endsWith(ending)) endAt(entry, entry.end - ending.length, bytes);
    }
  }
  /** Of two equal lines one is left. */
  function dropTwins(): void {
    const first = firstTwin(count, (i) => wordsOf(entries[i] as WindowLine, bytes).trim());
    if (first === undefined) return;
    doubled = true;
    const twins: WindowLine[] = [];
    for (let i = first; i + 1 < count; i++) {
      const [one, next] = [entries[i] as WindowLine, entries[i + 1] as WindowLine];
      if (wordsOf(one, bytes).trim() !== wordsOf(next, bytes).trim()) continue;
      twins.push(next);
      i++;
    }
    const dropped = new Set(twins);
    entries.sort((a, b) => Number(dropped.has(a)) - Number(dropped.has(b)));
    count -= twins.length;
  }
  /** Where the lines of a text have something before them, the rest of a broken one may only look as if it were wanted. */
  function dropAnchors(): void {
    const isBare = (entry: WindowLine): boolean => prefixes.mainLengthIn(shownOf(entry, bytes)) === 0;
    const behind = entries.slice(1, count).filter((_, i) => entries[i]?.width === width);
    const rests = new Set(behind.filter(isBare));
    const first = entries.slice(0, count).filter((entry) => !rests.has(entry) && entry.own < entry.end);
    if (first.filter(isBare).length * FEW > first.length) return;
    for (const entry of rests) {
      entry.anchored = false;
      entry.own = entry.start;
    }
  }
  /** Finds the column at which lines were cut, and marks those that end there; what is wider shows that none was. */
  function findCut(): void {
    let widest = 0;
    for (let i = 0; i < count; i++) widest = Math.max(widest, (entries[i] as WindowLine).width);
    const known = cutting !== undefined && widest <= cutting.column ? cutting : undefined;
    cutting = cutAt(entries, count, grammar, (entry) => wordsOf(entry, bytes), isRest) ?? known;
    for (let i = 0; cutting !== undefined && i < count; i++) {
      const entry = entries[i] as WindowLine;
      if (entry.width !== cutting.column) continue;
      if (cutting.mark > 0) dropEnd(entry, cutting.mark);
      entry.clipped = !entry.anchored || grammar.endOf(wordsOf(entry, bytes).trim()) !== "sure";
    }
  }
  return {
    get lines() {
      return lines;
    },
    get doubled() {
      return doubled;
    },
    get column() {
      return cutting?.column;
    },
    get doubtful() {
      return cutting === undefined && width === undefined
        ? perhapsCut(entries, count, grammar, (entry) => wordsOf(entry, bytes))
        : undefined;
    },
    get width() {
      return width;
    },
    look(end) {
      findLines(end);
      for (let i = 0; i < count; i++) findAnchor(entries[i] as WindowLine);
      if (prefixes.learnt > 0) for (let i = 0; i < count; i++) findPrefix(entries[i] as WindowLine);
      for (let i = 0; i < count; i++) closeWords(entries[i] as WindowLine, bytes);
      dropEnding();
      dropTwins();
      findCut();
      width =
        cutting === undefined
          ? (brokenAt(
              entries,
              count,
              (entry) => continues(entry, bytes),
              (entry) => wordsOf(entry, bytes),
            ) ?? width)
          : undefined;
      if (width !== undefined && prefixes.learnt > 0) dropAnchors();
      return count;
    },
    entry: (index) => (index < count ? entries[index] : undefined),
    hasBracket({ text, own, end }) {
      return text === undefined ? brackets.from(own) < end : text.includes("[");
    },
  };
}

/** Two of the byte stand side by side. */
function hasTwice(bytes: Uint8Array, byte: number): boolean {
  let at = bytes.indexOf(byte);
  while (at >= 0 && bytes[at + 1] !== byte) at = bytes.indexOf(byte, at + 1);
  return at >= 0;
}
