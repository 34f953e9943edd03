// Steps through a text of hexadecimal numbers, character code by character code.

const [TAB, RETURN, BLANK, ZERO, X] = [..."\t\r 0x"].map((character) => character.charCodeAt(0));

/** Values of hexadecimal digits by character code, -1 for all else. */
const DIGITS = Int8Array.from({ length: 256 }, (_, code) =>
  "0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase()),
);

/** The byte that two digits are. */
export function byteAt(text: Uint8Array, at: number): number {
  return 16 * (DIGITS[text[at] as number] as number) + (DIGITS[text[at + 1] as number] as number);
}

/** Behind `0x`, if it stands there. */
export function pastPrefix(text: Uint8Array, at: number): number {
  return text[at] === ZERO && ((text[at + 1] ?? 0) | 0x20) === X ? at + 2 : at;
}

/** Behind the hexadecimal digits that stand there. */
export function pastDigits(text: Uint8Array, from: number): number {
  let at = from;
  while (at < text.length && (DIGITS[text[at] as number] as number) >= 0) at++;
  return at;
}

/** Whether a blank stands there: a return too, as lines can end in one. */
export function isBlank(text: Uint8Array, at: number): boolean {
  const code = text[at];
  return code === BLANK || code === TAB || code === RETURN;
}

/** Behind the blanks that stand there. */
export function pastSpaces(text: Uint8Array, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text, at)) at++;
  return at;
}

/** Where the word behind the one at an offset begins. */
export function nextWord(text: Uint8Array, from: number): number {
  let at = from;
  while (at < text.length && !isBlank(text, at)) at++;
  return pastSpaces(text, at);
}
