// Skips white space in bytes.
const SPACE = 32;
const TAB = 9;
const RETURN = 13;

/** Offset of the first byte from `at` on that is no white space of ASCII; newlines are some. The end if there is none. */
export function pastBlanks(bytes: Uint8Array, at: number): number {
  let next = at;
  for (let byte = bytes[next]; byte === SPACE || (byte !== undefined && byte >= TAB && byte <= RETURN); )
    byte = bytes[++next];
  return next;
}
