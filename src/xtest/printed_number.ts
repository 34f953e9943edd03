// Reads a number as a person's text may show it: `203072`, `203,072`, `203 072` with a blank that does not break.

/** Without leading zeros, which nothing prints; in one piece, or in groups of three with one and the same mark between. */
const NUMBER =
  /^([-\u2212]?)(0|[1-9]\d{0,9}|[1-9]\d{0,2}(?:([.,'\u2019_\u00a0\u2007\u2009\u202f])\d{3}(?:\3\d{3}){0,2}))$/;
/** Marks of UTF-8, where each byte was read as a character: hard and thin blanks, an apostrophe. */
const BYTES = /\u00c2(?=\u00a0)|\u00e2\u0080(?=[\u0087\u0089\u0099\u00af])/g;
const LAST_BYTES = /[\u0087\u0089\u0099\u00af]/g;
/** Marks that tables and quotes put around a value, and blanks. */
const AROUND = " \t|*`";
/** As somebody's tool printed it. */
const HEX = /^0x[\da-f]{1,8}$/i;
/** The unit, and the same number in another one. */
const UNIT = /[ \t]{0,4}\b(?:bytes?|B)$/i;
const AGAIN = /^[([][~=]?[ \t]?(?:0x[\da-f]{1,8}|[\d.,]{1,14}[ \t]?(?:[kmg](?:i?b)?|%|bytes?|pages?))[)\]]$/i;
/** How a person begins what is written behind a number to point at it. */
const REMARK = /[ \t](?:<|\u2190|#|\(|\/\/)/;

/**
 * The unsigned 32-bit value of a number that xtest printed with a sign, −2³¹ to 2³² − 1; `undefined` for anything else: no
 * number, two of them, letters between the digits, a group of another length.
 */
export function readNumber(text: string): number | undefined {
  const words = trimmed(withoutAgain(trimmed(withoutRemark(text))).replace(UNIT, ""));
  if (HEX.test(words)) return Number(words);
  const plain = words.replace(BYTES, "").replace(LAST_BYTES, "\u00a0");
  const [, sign, digits = ""] = NUMBER.exec(plain) ?? [];
  if (digits === "") return undefined;
  const size = Number(digits.replace(/\D/g, ""));
  const value = sign === "" ? size : -size;
  return value >= -0x80000000 && value <= 0xffffffff ? value >>> 0 : undefined;
}

/** Digits in a remark may be those of another line that was torn. */
function withoutRemark(text: string): string {
  const at = text.search(REMARK);
  return at < 0 || /\d/.test(text.slice(at)) ? text : text.slice(0, at);
}

function withoutAgain(text: string): string {
  const at = Math.max(text.lastIndexOf("("), text.lastIndexOf("["));
  return at > 0 && AGAIN.test(text.slice(at)) ? text.slice(0, at) : text;
}

/** Without blanks and marks around. */
export function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && AROUND.includes(text.charAt(from))) from++;
  while (to > from && AROUND.includes(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}
