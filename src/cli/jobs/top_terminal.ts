// The terminal of `teemem top`: the other screen, keys one by one, its size; given back clean on any way out.
import { writeSync } from "node:fs";
import type { ReadStream, WriteStream } from "node:tty";
import type { Printable } from "../../base/printable.ts";
import type { ScreenSize } from "../../view/terminal/top/frame.ts";
import { readKeys } from "../../view/terminal/top/keys.ts";
import { ENTER, LEAVE } from "../../view/terminal/top/screen.ts";

/** A terminal that is taken as a whole. */
interface TopTerminal extends Disposable {
  readonly size: ScreenSize;
  /** Bytes that it has not taken yet: a slow one gets fewer frames. */
  readonly waiting: number;
  write(text: Printable): void;
  /** Gives it back, stops the program until 'fg', and takes it again. */
  stop(): void;
}

/** What is heard of it. */
interface TerminalHearer {
  key(key: string): void;
  /** It has another size, or was given back meanwhile: draw it anew. */
  changed(): void;
  /** It is gone. */
  gone(): void;
}

const USUAL: ScreenSize = { columns: 80, rows: 24 };

/** Takes it. Whatever ends the process, but `kill -9`, gives it back. `drawn` puts text into characters that it has. */
export function takeTerminal(
  input: ReadStream,
  output: WriteStream & { readonly fd: number },
  hear: TerminalHearer,
  drawn: (text: string) => string,
): TopTerminal {
  const decoder = new TextDecoder();
  let taken = false;

  function take(): void {
    taken = true;
    input.setRawMode(true);
    input.resume();
    output.write(ENTER);
  }
  function give(): void {
    if (!taken) return;
    taken = false;
    // Nothing that is written later comes behind it, not even where the process ends at once.
    try {
      writeSync(output.fd, LEAVE);
      input.setRawMode(false);
    } catch {
      // The terminal is gone: there is nothing to give back.
    }
    input.pause();
  }
  const onData = (bytes: Buffer): void => {
    for (const key of readKeys(decoder.decode(bytes, { stream: true }))) hear.key(key);
  };
  const onStop = (): void => {
    give();
    process.kill(process.pid, "SIGSTOP");
  };
  const onGoOn = (): void => {
    if (!taken) take();
    hear.changed();
  };
  const onEnd = (): void => hear.gone();
  input.on("data", onData).on("end", onEnd).on("error", onEnd);
  output.on("resize", hear.changed);
  output.on("error", onEnd);
  process.on("exit", give).on("SIGTSTP", onStop).on("SIGCONT", onGoOn);
  take();
  return {
    get size() {
      const { columns, rows } = output;
      return columns > 0 && rows > 0 ? { columns, rows } : USUAL;
    },
    get waiting() {
      return output.writableLength;
    },
    write: (text) => void (taken && output.write(drawn(text))),
    stop: () => void process.kill(process.pid, "SIGTSTP"),
    [Symbol.dispose]() {
      give();
      input.off("data", onData).off("end", onEnd);
      output.off("resize", hear.changed);
      process.off("exit", give).off("SIGTSTP", onStop).off("SIGCONT", onGoOn);
    },
  };
}
