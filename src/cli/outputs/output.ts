// Writes text to a stream in chunks.
import { once } from "node:events";
import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { WriteStream } from "node:tty";
import { printableLines, type Shown } from "../../base/printable.ts";

/** Text on its way to a stream, in chunks. */
export interface Output {
  readonly isTerminal: boolean;
  /** True if the stream is a terminal with colours and NO_COLOR is not set. */
  readonly colours: boolean;
  /**
   * Aborted when the reader has gone, as `head` does when it has enough. Nothing fails then: what is written is dropped, and
   * a command goes on to its outcome. One that would go on for ever ends.
   */
  readonly gone: AbortSignal;
  /** Bytes, or characters, that the reader has not taken yet. */
  readonly waiting: number;
  /** Takes text; costs nothing more than the text's length. */
  write<T extends string>(text: Shown<T>): void;
  /** Takes data for a program as it is; a terminal gets it printable. */
  writeData(text: string): void;
  /** Takes bytes, after the text so far; do not change them then. */
  writeBytes(bytes: Uint8Array): void;
  /** Waits where the reader is slower than we are. Call it now and then while writing much. Throws if writing failed. */
  drain(): Promise<void>;
  /** Hands everything over and waits until it is written. Throws if writing failed. */
  flush(): Promise<void>;
}

const CHUNK = 65536;

/** Errors of a stream whose reader has gone. */
const GONE: ReadonlySet<unknown> = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED"]);

/**
 * Collects text into chunks for a stream. Errors of the stream come out of `drain` and `flush`; where it only says how things
 * go (`mayFail`), a full disk behind it is no failure, either.
 */
export function createOutput(
  stream: Writable & Partial<Pick<WriteStream, "isTTY" | "hasColors">>,
  { mayFail = false }: { readonly mayFail?: boolean } = {},
): Output {
  const gone = new AbortController();
  let pending = "";
  let failure: Error | null = null;
  // Not even a write of nothing may reach a stream that nothing is written to: a full disk refuses that, too.
  let used = false;
  stream.on("error", note);

  function note(error: Error): void {
    if (gone.signal.aborted || failure !== null) return;
    if (mayFail || ("code" in error && GONE.has(error.code))) gone.abort();
    else failure = error;
  }
  function isOpen(): boolean {
    return failure === null && !gone.signal.aborted;
  }
  function send(): void {
    const text = pending;
    pending = "";
    if (text === "" || !isOpen()) return;
    used = true;
    stream.write(text);
  }
  function take(text: string): void {
    pending += text;
    if (pending.length >= CHUNK) send();
  }
  return {
    isTerminal: stream.isTTY === true,
    colours: stream.isTTY === true && stream.hasColors?.() === true,
    gone: gone.signal,
    get waiting() {
      return pending.length + stream.writableLength;
    },
    write: take,
    writeData: (text) => take(stream.isTTY === true ? printableLines(text) : text),
    writeBytes(bytes) {
      send();
      if (!isOpen()) return;
      used = true;
      stream.write(bytes);
    },
    async drain() {
      if (isOpen() && stream.writableNeedDrain) await once(stream, "drain").catch(note);
      if (failure !== null) throw failure;
    },
    async flush() {
      send();
      if (used && isOpen()) {
        const refused = await new Promise<Error | null | undefined>((resolve) => stream.write("", resolve));
        // The stream tells why it failed in an event of its own, a moment after the write.
        if (refused) {
          await setImmediate();
          note(refused);
        }
      }
      if (failure !== null) throw failure;
    },
  };
}
