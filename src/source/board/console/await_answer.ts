// Waits for the answer to a command on a console, and asks for it again where it is damaged.
import { within } from "../shell/deadline.ts";
import { type Inbox, takeMarked } from "../shell/inbox.ts";
import { type Answer, checkedAnswer, decoded, ownLines } from "./answer.ts";

/** Milliseconds without a letter after which the answer is asked for again: its marks may be damaged. */
const SILENCE = 2000;
/** Damaged answers after which nothing better is to be expected. */
const TRIES = 6;

interface Asking {
  readonly inbox: Inbox;
  /** Of this command. */
  readonly mark: string;
  /** Of the agent's end. */
  readonly bye: string;
  /** Sends the command. */
  request(): Promise<unknown>;
  /** Asks for the answer once more. */
  again(): Promise<unknown>;
}

/** The answer; "cut" where it came damaged each time, "over" where the agent has ended, null at the signal. */
export async function awaitAnswer(asking: Asking, signal: AbortSignal): Promise<Answer | "cut" | "over" | null> {
  const { inbox, mark, bye } = asking;
  let [began, damaged, before] = [false, 0, ""];
  await asking.request();
  while (!signal.aborted) {
    const held = inbox.peek().length;
    const marked = await within(SILENCE, (stop) => takeMarked(inbox, mark, stop), signal);
    if (marked === null) {
      if (inbox.over || Buffer.from(inbox.peek()).includes(bye)) return "over";
      if (!signal.aborted && inbox.peek().length === held) await asking.again();
    } else if (marked.rest === "begin") began = true;
    else if (marked.rest === "again") await asking.request();
    else {
      const text = began ? Buffer.from(marked.before).toString("latin1") : "";
      // A board without a program for checksums has to say the same twice.
      const lines = ownLines(text).join("\n");
      const [sum = ""] = marked.rest.split(" ");
      const twice = sum === "none" && lines === before;
      const answer = twice ? decoded(ownLines(text)) : checkedAnswer(text, sum);
      if (answer !== null) return answer;
      before = lines;
      began = false;
      if (++damaged === TRIES) return "cut";
      await asking.again();
    }
  }
  return null;
}
