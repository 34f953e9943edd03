// Cuts what a console sends into pieces for a recording: lines, and parts of lines that are long or not yet complete.
import { latin1 } from "../text/latin1.ts";
import type { ConsolePiece } from "./console_rows.ts";

/** Takes bytes as they come. */
interface PieceCutter {
  /** `time` in microseconds; `during` as in `ConsolePiece`. */
  push(bytes: Uint8Array, time: number, during: string): void;
  /** Hands over the line that is not complete yet, so that it is not lost. */
  flush(): void;
}

const NEWLINE = 10;
/** Bytes of a piece: OP-TEE prints 256 a line at most. */
const LONGEST = 4096;

/** Hands each line with its end to `take`, with the time of its first byte. No byte is added, changed or held for good. */
export function createPieceCutter(take: (piece: ConsolePiece) => void): PieceCutter {
  let held: ConsolePiece | null = null;

  function flush(): void {
    const piece = held;
    held = null;
    if (piece !== null) take(piece);
  }
  return {
    push(bytes, time, during) {
      for (let from = 0; from < bytes.length; ) {
        const newline = bytes.indexOf(NEWLINE, from);
        const length: number = held?.text.length ?? 0;
        const whole = newline < 0 ? bytes.length : newline + 1;
        const to = Math.min(whole, from + LONGEST - length);
        const text = latin1(bytes, from, to);
        held = held === null ? { time, during, text } : { ...held, text: held.text + text };
        from = to;
        if (bytes[to - 1] === NEWLINE || held.text.length === LONGEST) flush();
      }
    },
    flush,
  };
}
