// Takes out of a line what a terminal obeys instead of showing it: escape sequences, backspaces, controls; and makes blanks of
// hard spaces.
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: controls are what this file is about
import { plain } from "./typeset.ts";

/** Bytes that make a line need cleaning, but for the ends of lines and tabs. */
const [BACKSPACE, BELL, ESCAPE, DELETE, HASH, CARET, BACKSLASH] = [8, 7, 27, 127, 35, 94, 92];
/** Of UTF-8: the last of hard spaces and soft hyphens, the first of marks without a width and of what is typeset. */
const UTF8_BYTES = [0xa0, 0xad, 0xe2, 0xe3, 0xef];
const UNCLEAN_BYTES = [ESCAPE, BACKSPACE, BELL, DELETE, HASH, CARET, BACKSLASH, ...UTF8_BYTES];

/** True where none of these bytes needs to be looked at: nearly all texts. */
export function isClean(bytes: Uint8Array): boolean {
  return UNCLEAN_BYTES.every((byte) => bytes.indexOf(byte) < 0);
}

/** How texts write an escape character: `cat -v`, C, Python, JSON, rsyslog, U+241B. */
const WRITTEN_ESCAPE = /(?:\^\[|\\x1b|\\0?33|\\e|\\u001b|#033|\u00e2\u0090\u009b)(?=[[\]])/gi;
/** Other controls as `cat -v` and rsyslog write them: a return, a tab, what somebody typed. `^C` stays: it tells that a command hung. */
const WRITTEN_CONTROL = /\^[@ABD-Z\\\]_?]|#011/g;
// Sequences: CSI, OSC to BEL or ST, one of a designation, one of a single letter (ECMA-48).
const CSI = /\u001b\[[0-?]{0,32}[ -/]{0,4}[@-~]/g;
const OSC_START = /\u001b[\]PX^_]/g;
const OSC_END = /\u0007|\u001b\\|\^G/g;
const SHORT = /\u001b[ -/]{0,3}[0-~]/g;
// Colours whose escape character was lost.
const BARE_COLOUR = /\[\d{1,3}(?:;\d{1,3}){0,3}m/g;
// No-break spaces as UTF-8, read as one character a byte: U+00A0, and U+2000 to U+200A, U+202F; the first also as Latin-1.
const HARD_SPACE = /\u00c2\u00a0|\u00e2\u0080[\u0080-\u008a\u00af]/g;
const LATIN_SPACE = /(?<![\u00c2-\u00f4\u0080-\u00bf])\u00a0/g;
// Marks without a width: U+00AD, U+200B to U+200F, U+202A to U+202E, U+2060 to U+206F, U+FE00 to U+FE0F, U+FEFF.
const NO_WIDTH =
  /\u00c2\u00ad|\u00e2(?:\u0080[\u008b-\u008f\u00aa-\u00ae]|\u0081[\u00a0-\u00af])|\u00ef(?:\u00b8[\u0080-\u008f]|\u00bb\u00bf)/g;
const LATIN_HYPHEN = /(?<![\u00c2-\u00f4\u0080-\u00bf])\u00ad/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Bytes of UTF-8 behind the first of a character. */
const CONTINUED = /[\u0080-\u00bf]/g;
const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\u007f\u00a0\u00ad\u00e2\u00e3\u00ef^\\]|#011/;

/** True where `cleanLine` may change a line. */
export function isUnclean(line: string): boolean {
  return UNCLEAN.test(line);
}

/** True if colours stand in the text of a window without their escape character. */
export function hasBareColours(text: string): boolean {
  return text.search(BARE_COLOUR) >= 0;
}

/** A blank, but between digits, where a hard one groups them: `203 072`. */
function softened(mark: string, at: number, text: string): string {
  return /\d/.test(text.charAt(at - 1)) && /\d/.test(text.charAt(at + mark.length)) ? "\u00a0" : " ";
}

/** A line, one character a byte, as a terminal would show it. */
export function cleanLine(line: string): string {
  let text = line.replace(WRITTEN_ESCAPE, "\u001b");
  if (text.includes("\u001b")) text = withoutTitles(text).replace(CSI, "").replace(SHORT, "");
  if (text.includes("\b")) text = withoutErased(text);
  if (text.includes("^") || text.includes("#011")) text = text.replace(WRITTEN_CONTROL, unwritten);
  return plain(
    text
      .replace(BARE_COLOUR, "")
      .replace(HARD_SPACE, softened)
      .replace(LATIN_SPACE, softened)
      .replace(NO_WIDTH, "")
      .replace(LATIN_HYPHEN, "")
      .replace(CONTROL, ""),
  );
}

/** Columns of a terminal that a line takes which became `text`: a character takes one, and so does each of a control that is written. */
export function shownWidth(line: string, text: string): number {
  const written = line.includes("^")
    ? (line.match(WRITTEN_CONTROL)?.filter((one) => one !== "^M" && one !== "^I") ?? [])
    : [];
  return text.replace(CONTINUED, "").length + 2 * written.length;
}

/** Tabs stand between words; the others are not shown. */
function unwritten(written: string): string {
  return written === "^I" || written === "#011" ? "\t" : "";
}

/** A backspace takes back the character before it. */
function withoutErased(text: string): string {
  const shown: string[] = [];
  for (const character of text)
    if (character === "\b") shown.pop();
    else shown.push(character);
  return shown.join("");
}

/** An OSC sequence (a window's title) ends with BEL or ST, or with the line. */
function withoutTitles(text: string): string {
  let shown = "";
  let at = 0;
  while (at < text.length) {
    OSC_START.lastIndex = at;
    const start = OSC_START.exec(text);
    shown += text.slice(at, start?.index);
    if (start === null) break;
    OSC_END.lastIndex = OSC_START.lastIndex;
    at = OSC_END.test(text) ? OSC_END.lastIndex : text.length;
  }
  return shown;
}
