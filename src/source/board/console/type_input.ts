// Types the input of a command into a console, in lines that the agent confirms.
import { answerMark, inputLine } from "../shell/agent.ts";
import { within } from "../shell/deadline.ts";
import { type Inbox, takeMarked } from "../shell/inbox.ts";
import { encodedParts, type InputEncoding } from "../shell/input.ts";
import type { TerminalLine } from "./line.ts";

/** Milliseconds for the agent to take a line. */
const LINE_WAIT = 5000;
const QUIET = 300;
const TRIES = 3;
/** At least the letters of a line. */
const FULL = 4000;

/** Types input. False where letters get lost each time. */
export async function typeInput(
  line: TerminalLine,
  inbox: Inbox,
  input: Uint8Array,
  { key, encoding }: { readonly key: string; readonly encoding: InputEncoding },
): Promise<boolean> {
  const parts = encodedParts(input, encoding);
  for (let n = 0; n < TRIES && !line.over; n++) {
    if (await typeParts(parts)) return true;
    // What still waits for letters takes these; the rest of them says only that we are there.
    await line.type("\n".repeat(FULL));
    await line.settle(QUIET, LINE_WAIT);
    await line.type(`${key} i=\n`);
  }
  return false;

  async function typeParts(all: readonly string[]): Promise<boolean> {
    let length = 0;
    for (const part of all) {
      length += part.length;
      await line.type(encoding === "octal" ? inputLine(key, part) : `${key} b ${part.length}\n${part}\n`);
      const taken = await within(LINE_WAIT, (stop) => takeMarked(inbox, answerMark(key, "i"), stop));
      if (Number(taken?.rest) !== length) return false;
    }
    return true;
  }
}
