// Cuts bytes into lines, without copying them.

const NEWLINE = 10;

/** The lines of a text, one after the other, without their newlines. */
export function* byteLines(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  // Parts of a Node.js Buffer take three times as long to make.
  const text = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  let from = 0;
  for (let to = text.indexOf(NEWLINE); to >= 0; to = text.indexOf(NEWLINE, from)) {
    yield text.subarray(from, to);
    from = to + 1;
  }
  yield text.subarray(from);
}
