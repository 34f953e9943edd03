// Runs a command in this process and collects its output.
import { teemem } from "../src/cli/main.ts";
import type { CommandResult } from "../src/cli/outputs/outcome.ts";
import type { Output } from "../src/cli/outputs/output.ts";

/** What `teemem` did. */
export interface RanHere {
  readonly out: string;
  readonly err: string;
  readonly outcome: CommandResult;
}

/** Runs `teemem` in this process, from source. */
export function runHere(...args: string[]): Promise<RanHere> {
  return run(args, false);
}

/** The same with bytes on standard input. */
export function runHereWith(input: Uint8Array, ...args: string[]): Promise<RanHere> {
  return run(args, false, input);
}

/** The same on a terminal with colours. */
export function runInColour(...args: string[]): Promise<RanHere> {
  return run(args, true);
}

/** The same for a terminal of so many columns. */
export function runOnWidth(width: number, ...args: string[]): Promise<RanHere> {
  return run(args, false, undefined, width);
}

async function run(args: readonly string[], colours: boolean, input?: Uint8Array, width = 80): Promise<RanHere> {
  const texts = { out: "", err: "" };
  const into = (which: "out" | "err"): Output => ({
    isTerminal: false,
    width,
    waiting: 0,
    colours,
    gone: new AbortController().signal,
    write(text) {
      texts[which] += text;
    },
    writeData(text) {
      texts[which] += text;
    },
    writeBytes: () => {},
    drain: async () => {},
    flush: async () => {},
  });
  async function* given(): AsyncGenerator<Uint8Array> {
    if (input !== undefined) yield input;
  }
  const outcome = await teemem(args, { out: into("out"), err: into("err"), input: given(), clock: () => 0 });
  return { ...texts, outcome };
}
