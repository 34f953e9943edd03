// Ends a command that gave no answer.
import { answerMark, leftBehind } from "./agent.ts";
import { within } from "./deadline.ts";
import { type Inbox, takeMarked } from "./inbox.ts";
import type { AskOptions } from "./link.ts";

/** Milliseconds for a command to end after each of the signals that tell it to. */
const WAIT = 4000;

/**
 * Sends SIGTERM, then SIGKILL, until the command's last mark comes; ends what it has left behind. False where the board does not
 * react, or is gone.
 */
export async function interrupt(
  inbox: Inbox,
  key: string,
  number: number,
  send: (text: string) => Promise<unknown>,
): Promise<boolean> {
  for (const line of ["k\n", "K\n"]) {
    await send(line);
    if ((await within(WAIT, (stop) => takeMarked(inbox, answerMark(key, number), stop))) === null) continue;
    await send(leftBehind(key, number));
    return true;
  }
  return false;
}

/** Why there is no answer. */
export function whyUnanswered(name: string, { signal, timeout }: AskOptions): string {
  return signal?.aborted ? `'${name}' was given up` : `'${name}' gave no answer within ${timeout / 1000} s`;
}
