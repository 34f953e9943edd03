// Cuts a text of any length into lines and gives each its own words: the one way from bytes to lines.
import { createDecoder, type Encoding } from "./encoding.ts";
import { createJoiner } from "./joiner.ts";
import { stampIn } from "./kernel_stamp.ts";
import { createLine, type Grammar, type TakeLine } from "./line.ts";
import { createPrefixes } from "./prefix.ts";
import { createWindow } from "./window.ts";
import { beforeOf, type WindowLine, wordsOf } from "./window_line.ts";
import { createWrapJoiner } from "./wrap_joiner.ts";

/** Takes a text in pieces of any size; what it makes of the text does not depend on where the pieces end. */
interface TextReader {
  push(piece: Uint8Array): void;
  /** Call it once. */
  end(): TextShape;
}

/** What a text looks like. */
export interface TextShape {
  readonly lines: number;
  readonly encoding: Encoding;
  /** Lines with something before their own words. */
  readonly prefixed: number;
  /** Lines that were put together from several. */
  readonly joined: number;
  /** The width at which its lines were broken. */
  readonly width: number | undefined;
  /** The column at which a tool cut its lines, and how many lines end there. */
  readonly column: number | undefined;
  readonly clipped: number;
  /** Each line stood twice; one of them was read. */
  readonly doubled: boolean;
  /** Of a short text: a line that may be cut where nothing tells. */
  readonly doubtful: { readonly line: number } | undefined;
}

/** Bytes that are looked at together: shapes of prefixes and the width are found in so much. */
const WINDOW = 65536;
const NEWLINE = 10;

/**
 * Hands each line to `take`, without what does not belong to it. A line of more than 128 KiB is cut there.
 * Long: one state of the text, which all steps share.
 */
export function createTextReader(grammar: Grammar, take: TakeLine): TextReader {
  const decoder = createDecoder();
  const line = createLine();
  const joiner = createJoiner(grammar, (piece) => take(line.ofText(piece, piece.text.trim(), piece.before)));
  const wraps = createWrapJoiner(grammar, joiner.take);
  const bytes = new Uint8Array(2 * WINDOW);
  const window = createWindow(bytes, grammar, createPrefixes());
  let length = 0;
  let prefixed = 0;
  let clipped = 0;
  let column: number | undefined;
  let looks = 0;
  let doubtful: TextShape["doubtful"];

  function hand(entry: WindowLine, next: WindowLine | undefined): void {
    if (entry.own > entry.start) prefixed++;
    if (entry.clipped) clipped++;
    const full = entry.width === window.width;
    const { number, anchored, text, cut, clipped: isClipped } = entry;
    const torn = anchored && window.hasBracket(entry) && stampIn(wordsOf(entry, bytes)) >= 0;
    if (wraps.waits || joiner.waits || full || torn || (anchored && next?.anchored !== true))
      wraps.take({
        number,
        text: wordsOf(entry, bytes),
        before: beforeOf(entry, bytes),
        anchored,
        full,
        cut,
        clipped: isClipped,
      });
    else if (text !== undefined) take(line.ofText(entry, wordsOf(entry, bytes).trim(), beforeOf(entry, bytes)));
    else take(line.ofBytes(entry, bytes, entry.start, entry.own, entry.end));
  }
  /** Looks at all whole lines that are held, or at all of them. */
  function advance(all: boolean): void {
    while (length >= WINDOW || (all && length > 0)) {
      const last = bytes.lastIndexOf(NEWLINE, length - 1);
      const end = all || last < 0 ? length : last + 1;
      const count = window.look(end);
      column = window.column ?? column;
      const doubt = looks++ > 0 ? undefined : window.doubtful;
      doubtful = doubt === undefined ? undefined : { line: doubt.number };
      for (let i = 0; i < count; i++) hand(window.entry(i) as WindowLine, window.entry(i + 1));
      bytes.copyWithin(0, end, length);
      length -= end;
    }
  }
  function append(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + bytes.length - length);
      bytes.set(part, length);
      length += part.length;
      at += part.length;
      if (length === bytes.length) advance(false);
    }
  }
  return {
    push: (piece) => append(decoder.push(piece)),
    end() {
      append(decoder.end());
      advance(true);
      wraps.end();
      joiner.end();
      const { lines, width } = window;
      return {
        lines,
        encoding: decoder.encoding ?? "UTF-8",
        prefixed,
        joined: wraps.joined + joiner.joined,
        width,
        column,
        clipped,
        doubled: window.doubled,
        doubtful,
      };
    },
  };
}
