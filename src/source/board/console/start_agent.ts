// Starts the agent in the shell of a console.
import { answerMark, CONSOLE_LINES, consoleStart } from "../shell/agent.ts";
import { within } from "../shell/deadline.ts";
import { type Inbox, takeMarked } from "../shell/inbox.ts";
import type { InputEncoding } from "../shell/input.ts";
import type { TerminalLine } from "./line.ts";

/** Milliseconds for each step. */
const STEP = 5000;
const TRIES = 3;

/** Starts the agent. Null where the shell does not take it. Lines of the kernel may cut through a mark, so it is tried again. */
export async function startAgent(
  line: TerminalLine,
  inbox: Inbox,
  key: string,
  logsOut: boolean,
  signal: AbortSignal,
): Promise<InputEncoding | null> {
  const mark = answerMark(key, 0);
  for (let n = 0; n < TRIES && !signal.aborted && !inbox.over; n++) {
    await line.type(consoleStart(key, logsOut));
    const send = await within(STEP, (stop) => takeMarked(inbox, `${mark}send`, stop), signal);
    if (send !== null) for (const text of CONSOLE_LINES) await line.type(text);
    const ready = send && (await within(STEP, (stop) => takeMarked(inbox, `${mark}ready:`, stop), signal));
    if (ready !== null) return ready.rest === "base64" ? "base64" : "octal";
    // A line that nobody expects ends what has begun.
    await line.type("\r");
    await line.settle(STEP / 10, STEP, signal);
  }
  return null;
}
