// Cuts a stream of bytes into frames.
import { err, ok, type Result } from "../base/result.ts";
import { decodeFrame } from "./codec.ts";
import { FAULT, type Frame } from "./frames.ts";
import { LIMITS } from "./limits.ts";

/** Why a stream cannot be read on: one of `FAULT`, and a sentence. */
export interface Fault {
  readonly reason: number;
  readonly text: string;
}

/** Cuts a stream into frames. After a fault nothing can be read any more. */
export interface Splitter {
  /** Takes the next bytes of the stream; gives the frames that are complete now, or a fault behind them. */
  push(bytes: Uint8Array): readonly Result<Frame, Fault>[];
}

const LENGTH_BYTES = 4;
const SHORTEST = 8;
/** Bytes of room for an incomplete frame at first, and the most that is kept for the next one. */
const FIRST_ROOM = 1024;
const KEPT_ROOM = 2 ** 17;

/** A splitter that keeps at most one incomplete frame. A length that cannot be is a fault before its bytes arrive. */
export function createSplitter(longest: number = LIMITS.frame): Splitter {
  let buffer = new Uint8Array(FIRST_ROOM);
  let used = 0;
  let ended = false;

  function append(bytes: Uint8Array): void {
    if (used + bytes.length > buffer.length) {
      const grown = new Uint8Array(Math.max(2 * buffer.length, used + bytes.length));
      grown.set(buffer.subarray(0, used));
      buffer = grown;
    }
    buffer.set(bytes, used);
    used += bytes.length;
  }
  function next(at: number): Result<{ readonly frame: Frame; readonly end: number }, Fault> | null {
    if (used - at < LENGTH_BYTES) return null;
    const length = new DataView(buffer.buffer).getUint32(at, true);
    if (length > longest)
      return err({ reason: FAULT.TOO_LARGE, text: `a frame has at most ${longest} bytes, not ${length}` });
    if (length < SHORTEST)
      return err({ reason: FAULT.MALFORMED, text: `a frame has at least ${SHORTEST} bytes, not ${length}` });
    const end = at + LENGTH_BYTES + length;
    if (used < end) return null;
    const frame = decodeFrame(buffer.subarray(at + LENGTH_BYTES, end));
    return frame.ok ? ok({ frame: frame.value, end }) : err({ reason: FAULT.MALFORMED, text: frame.error });
  }
  return {
    push(bytes) {
      const found: Result<Frame, Fault>[] = [];
      if (ended) return found;
      append(bytes);
      let at = 0;
      for (let read = next(at); read !== null; read = next(at)) {
        if (!read.ok) {
          ended = true;
          found.push(read);
          break;
        }
        found.push(ok(read.value.frame));
        at = read.value.end;
      }
      if (at > 0) buffer.copyWithin(0, at, used);
      used -= at;
      // A large frame was an exception: its room is not kept.
      if (used <= FIRST_ROOM && buffer.length > KEPT_ROOM) buffer = buffer.slice(0, FIRST_ROOM);
      return found;
    },
  };
}
