// Takes out of a line what a terminal obeys instead of showing it: escape sequences, backspaces, controls; and makes blanks of
// hard spaces.
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: controls are what this file is about

/** Bytes that make a line need cleaning, but for the ends of lines and tabs. */
const [BACKSPACE, BELL, ESCAPE, DELETE] = [8, 7, 27, 127];
const CARET_ESCAPE = "^[";

/** True where none of these bytes needs to be looked at: nearly all texts. */
export function isClean(bytes: Uint8Array): boolean {
  return (
    bytes.indexOf(ESCAPE) < 0 &&
    bytes.indexOf(BACKSPACE) < 0 &&
    bytes.indexOf(BELL) < 0 &&
    bytes.indexOf(DELETE) < 0 &&
    bytes.indexOf(0xa0) < 0 &&
    bytes.indexOf(0xe2) < 0 &&
    bytes.indexOf(0x5e) < 0
  );
}

// Sequences: CSI, OSC to BEL or ST, one of a designation, one of a single letter (ECMA-48). ^[ and ^M are how `cat -v` shows them.
const CSI = /(?:\u001b|\^\[)\[[0-?]{0,32}[ -/]{0,4}[@-~]/g;
const OSC_START = /(?:\u001b|\^\[)[\]PX^_]/g;
const OSC_END = /\u0007|\u001b\\|\^G/g;
const SHORT = /\u001b[ -/]{0,3}[0-~]/g;
// Colours whose escape character was lost.
const BARE_COLOUR = /\[\d{1,3}(?:;\d{1,3}){0,3}m/g;
// No-break spaces as UTF-8, read as one character a byte: U+00A0, and U+2000 to U+200A, U+202F; the first also as Latin-1.
const HARD_SPACE = /\u00c2\u00a0|\u00e2\u0080[\u0080-\u008a\u00af]/g;
const LATIN_SPACE = /(?<![\u00c2-\u00f4\u0080-\u00bf])\u00a0/g;
// Marks without a width: U+200B to U+200F, U+FEFF.
const NO_WIDTH = /\u00e2\u0080[\u008b-\u008f]|\u00ef\u00bb\u00bf/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\u007f\u00a0\u00e2^]/;

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
  let text = line;
  if (text.includes("\u001b") || text.includes(CARET_ESCAPE))
    text = withoutTitles(text).replace(CSI, "").replace(SHORT, "");
  if (text.includes("\b")) text = withoutErased(text);
  while (text.endsWith("^M")) text = text.slice(0, -2);
  return text
    .replace(BARE_COLOUR, "")
    .replace(HARD_SPACE, softened)
    .replace(LATIN_SPACE, softened)
    .replace(NO_WIDTH, "")
    .replace(CONTROL, "");
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
