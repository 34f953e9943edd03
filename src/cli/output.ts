import { once } from "node:events";
import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { WriteStream } from "node:tty";
import { printableLines, type Shown } from "../base/printable.ts";

/** Text on its way to a stream, in chunks. */
export interface Output {
  readonly isTerminal: boolean;
  /** True if the stream is a terminal with colours and NO_COLOR is not set. */
  readonly colours: boolean;
  /** Takes text; costs nothing more than the text's length. */
  write<T extends string>(text: Shown<T>): void;
  /** Takes data for a program as it is; a terminal gets it printable. */
  writeData(text: string): void;
  /** Takes bytes, after the text so far; do not change them then. */
  writeBytes(bytes: Uint8Array): void;
  /** Waits where the reader is slower than we are. Call it now and then while writing much. */
  drain(): Promise<void>;
  /** Hands everything over and waits until it is written. */
  flush(): Promise<void>;
}

const CHUNK = 65536;

/** Collects text into chunks for a stream. Errors of the stream, a closed pipe among them, come out of `drain` and `flush`. */
export function createOutput(stream: Writable & Partial<Pick<WriteStream, "isTTY" | "hasColors">>): Output {
  let pending = "";
  let failure: Error | null = null;
  stream.on("error", (error) => {
    failure = error;
  });
  function send(): void {
    if (pending !== "" && failure === null) stream.write(pending);
    pending = "";
  }
  function take(text: string): void {
    pending += text;
    if (pending.length >= CHUNK) send();
  }
  return {
    isTerminal: stream.isTTY === true,
    colours: stream.isTTY === true && stream.hasColors?.() === true,
    write: take,
    writeData: (text) => take(stream.isTTY === true ? printableLines(text) : text),
    writeBytes(bytes) {
      send();
      if (failure === null) stream.write(bytes);
    },
    async drain() {
      if (failure !== null) throw failure;
      if (stream.writableNeedDrain) await once(stream, "drain");
    },
    async flush() {
      send();
      const refused = await new Promise<Error | null | undefined>((resolve) => stream.write("", resolve));
      // The stream tells why it failed in an event of its own, a moment after the write.
      if (refused) await setImmediate();
      if (failure ?? refused) throw failure ?? refused;
    },
  };
}
