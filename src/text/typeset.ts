// Gives what an editor, a web page or a PDF made of plain characters back as these: wide forms, ligatures, hyphens, quotes, lines of boxes.

/** U+2010 to U+2014, U+2018 to U+201D, U+2500 to U+257F, U+3000, U+FB00 to U+FB06, U+FF01 to U+FF5E: UTF-8, one character a byte. */
const TYPESET =
  /\u00e2(?:\u0080[\u0090-\u0094\u0098-\u009d]|[\u0094\u0095][\u0080-\u00bf])|\u00e3\u0080\u0080|\u00ef(?:\u00ac[\u0080-\u0086]|\u00bc[\u0081-\u00bf]|\u00bd[\u0080-\u009e])/g;

const LIGATURES = ["ff", "fi", "fl", "ffi", "ffl", "ft", "st"];
/** The second byte of vertical lines: U+2502 and the like. */
const UPRIGHT = "\u0082\u0083\u0086\u0087\u008a\u008b";
const [BOX, BOX_MORE, WIDE, WIDE_MORE, LIGATURE] = [0x94, 0x95, 0xbc, 0xbd, 0xac];

/** A line, one character a byte, with plain characters. */
export function plain(line: string): string {
  return line.replace(TYPESET, plainOf);
}

function plainOf(mark: string): string {
  const [first, second, third] = [mark.charCodeAt(0), mark.charCodeAt(1), mark.charCodeAt(2)];
  if (first === 0xe3) return " ";
  if (second === LIGATURE) return LIGATURES[third - 0x80] ?? mark;
  if (second === WIDE) return String.fromCharCode(third - 0x60);
  if (second === WIDE_MORE) return String.fromCharCode(third - 0x20);
  if (second === BOX) return third < 0x82 ? "-" : UPRIGHT.includes(mark.charAt(2)) ? "|" : "+";
  if (second === BOX_MORE) return third === 0x90 ? "-" : third === 0x91 ? "|" : "+";
  if (third < 0x98) return third < 0x93 ? "-" : "--";
  return third < 0x9c ? "'" : '"';
}
