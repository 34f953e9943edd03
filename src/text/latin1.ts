// Bytes as text with one character a byte, and back.

/** More arguments than this at once overflow the stack. */
const PIECE = 4096;
const UTF8 = new TextDecoder();

/** The bytes from `from` (inclusive) to `to` (exclusive), one character a byte: matches are found at the offsets of bytes. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  // The decoder is much faster than building a string, and gives the same where all characters are ASCII.
  const plain = UTF8.decode(bytes.subarray(from, to));
  if (plain.length === to - from && !plain.includes("\ufffd")) return plain;
  let text = "";
  for (let at = from; at < to; at += PIECE)
    text += String.fromCharCode.apply(null, bytes.subarray(at, Math.min(to, at + PIECE)) as unknown as number[]);
  return text;
}

/** True where the bytes begin with a text, one character a byte. */
export function beginsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
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

/** The bytes of a text in UTF-8, one character a byte. */
export function toUtf8(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return latin1(bytes, 0, bytes.length);
}
