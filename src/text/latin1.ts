// Bytes as text with one character a byte, and back.

/** More arguments than this at once overflow the stack. */
const PIECE = 4096;

/** The bytes from `from` (inclusive) to `to` (exclusive), one character a byte: matches are found at the offsets of bytes. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  if (to - from <= PIECE) return String.fromCharCode(...bytes.subarray(from, to));
  let text = "";
  for (let at = from; at < to; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + PIECE)));
  return text;
}

/** Writes a text with one character a byte to the start of `into`, which has room for it. */
export function putLatin1(text: string, into: Uint8Array): void {
  for (let i = 0; i < text.length; i++) into[i] = text.charCodeAt(i);
}

/** A text of one character a byte as what it says in UTF-8; as it is, where it is none. */
export function fromUtf8(text: string): string {
  let plain = true;
  for (let i = 0; plain && i < text.length; i++) plain = text.charCodeAt(i) < 0x80;
  if (plain) return text;
  const bytes = new Uint8Array(text.length);
  putLatin1(text, bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
