// Cuts a stream of bytes into lines.
const NEWLINE = 10;
const RETURN = 13;
const LONGEST = 65536;

/** Cuts a stream of bytes into lines. */
interface LineFeeder {
  /** Takes the next bytes, in pieces of any size; the piece is not kept. */
  push(piece: Uint8Array): void;
  /** The stream is over: what stands behind the last newline is a line. */
  end(): void;
}

/**
 * Hands every line to `take` as the bytes from `from` (inclusive) to `to` (exclusive) of an array that is only valid during
 * the call, without its end (LF, CR LF, LF CR). What has no newline for 64 KiB is cut there.
 */
export function createLineFeeder(take: (bytes: Uint8Array, from: number, to: number) => void): LineFeeder {
  let held = new Uint8Array(1024);
  let length = 0;

  function hand(bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    let to = end;
    while (from < to && bytes[from] === RETURN) from++;
    while (to > from && bytes[to - 1] === RETURN) to--;
    take(bytes, from, to);
  }
  function hold(bytes: Uint8Array): void {
    if (length + bytes.length > held.length) {
      const larger = new Uint8Array(2 * (length + bytes.length));
      larger.set(held.subarray(0, length));
      held = larger;
    }
    held.set(bytes, length);
    length += bytes.length;
  }
  function handHeld(): void {
    const to = length;
    length = 0;
    hand(held, 0, to);
  }
  return {
    push(piece) {
      let from = 0;
      let newline = piece.indexOf(NEWLINE);
      for (;;) {
        if (newline >= 0 && newline < from) newline = piece.indexOf(NEWLINE, from);
        const room = LONGEST - length;
        const to = newline < 0 ? piece.length : newline;
        if (to - from >= room) {
          hold(piece.subarray(from, from + room));
          handHeld();
          from += room;
        } else if (newline < 0) {
          hold(piece.subarray(from));
          return;
        } else if (length > 0) {
          hold(piece.subarray(from, newline));
          handHeld();
          from = newline + 1;
        } else {
          hand(piece, from, newline);
          from = newline + 1;
        }
      }
    },
    end() {
      if (length > 0) handHeld();
    },
  };
}
