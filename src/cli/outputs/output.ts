// Writes text to a stream in chunks.
import { once } from "node:events";
import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { WriteStream } from "node:tty";
import { asCalled, type CallWords } from "../../base/call_words.ts";
import { printableLines, type Shown } from "../../base/printable.ts";
import { asciiText } from "./ascii_text.ts";
import { foldLines } from "./fold_lines.ts";
import { hasColours, isAsciiOnly, type Variables, widthOf } from "./terminal_look.ts";

/** Text on its way to a stream, in chunks. */
export interface Output {
  readonly isTerminal: boolean;
  /** True if colours are wanted: docs/terminal.md. */
  readonly colours: boolean;
  /** Columns to draw for, 40 to 200. */
  readonly width: number;
  /** How commands in texts are called here; undefined where they stay as they are. */
  readonly called?: CallWords;
  /** The address of the file behind a `file:line`; undefined where it is not at hand. Only where links are wanted. */
  linkOf?(place: string): string | undefined;
  /**
   * Aborted when the reader has gone, as `head` does when it has enough. Nothing fails then: what is written is dropped, and
   * a command goes on to its outcome. One that would go on for ever ends.
   */
  readonly gone: AbortSignal;
  /** Bytes, or characters, that the reader has not taken yet. */
  readonly waiting: number;
  /** Takes text; on a terminal its lines are broken at blanks, and where there is only ASCII it is drawn with that. */
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

/** How an output behaves. */
interface OutputForm {
  /** It only says how things go: a full disk behind it is no failure. */
  readonly mayFail?: boolean;
  readonly env?: Variables;
  /** Text goes out as it is: it is upstream's, to the byte. */
  readonly asItIs?: boolean;
  readonly called?: CallWords;
  /** Given where links are wanted. */
  readonly linkOf?: (place: string) => string | undefined;
}

const CHUNK = 65536;

/** Errors of a stream whose reader has gone. */
const GONE: ReadonlySet<unknown> = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED"]);

/** Collects text into chunks for a stream. Errors of the stream come out of `drain` and `flush`. Long: one stream and its state. */
export function createOutput(
  stream: Writable & Partial<Pick<WriteStream, "isTTY" | "hasColors" | "columns">>,
  { mayFail = false, env = {}, asItIs = false, called, linkOf }: OutputForm = {},
): Output {
  const ascii = !asItIs && isAsciiOnly(env);
  const folds = !asItIs && stream.isTTY === true;
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
  function drawn(text: string): string {
    const own = asItIs ? text : asCalled(text, called);
    const plain = ascii ? asciiText(own) : own;
    return folds ? foldLines(plain, widthOf(stream, env), called) : plain;
  }
  return {
    isTerminal: stream.isTTY === true,
    colours: hasColours(stream, env),
    get width() {
      return widthOf(stream, env);
    },
    ...(linkOf === undefined ? {} : { linkOf }),
    ...(called === undefined ? {} : { called }),
    gone: gone.signal,
    get waiting() {
      return pending.length + stream.writableLength;
    },
    write: (text) => take(drawn(text)),
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
