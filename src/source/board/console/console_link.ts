// A link over a terminal: answers are encoded, carry a checksum, and are asked for again where something got between.
import { clip } from "../../../base/printable.ts";
import { ok, type Result } from "../../../base/result.ts";
import type { Channel } from "../channel/channel.ts";
import { answerMark, consoleRequest } from "../shell/agent.ts";
import { within } from "../shell/deadline.ts";
import { type Inbox, takeMarked } from "../shell/inbox.ts";
import type { InputEncoding } from "../shell/input.ts";
import { interrupt, whyUnanswered } from "../shell/interrupt.ts";
import type { AskOptions, LinkOptions, ShellLink } from "../shell/link.ts";
import { failure, type ShellAnswer, type ShellFailure } from "../shell/shell.ts";
import { createTurns } from "../shell/turns.ts";
import { awaitAnswer } from "./await_answer.ts";
import { followConsole } from "./console_running.ts";
import { type TerminalLine, terminalLine } from "./line.ts";
import { type Login, reachShell } from "./reach_shell.ts";
import { startAgent } from "./start_agent.ts";
import { typeInput } from "./type_input.ts";

const HEARTBEAT = 5000;
/** Milliseconds for the agent to end what it has started, and itself. */
const END_WAIT = 5000;
/** Bytes of a line that a terminal takes. */
const LONGEST = 4000;

/** Logs in and starts the agent. Closes the channel where that fails. */
export async function openConsoleLink(
  channel: Channel,
  inbox: Inbox,
  login: Login,
  { key, clock, timeout, signal }: LinkOptions,
): Promise<Result<ShellLink, ShellFailure>> {
  const line = terminalLine(channel, inbox);
  let loggedIn = false;
  const begun = await within(
    timeout,
    async (stop) => {
      const reached = await reachShell(line, login, key, stop);
      if (!reached.ok) return reached;
      loggedIn = reached.value;
      const encoding = await startAgent(line, inbox, key, loggedIn, stop);
      if (encoding === null)
        return failure("no-answer", "the shell of the console runs no programs of sh; is it a POSIX shell?");
      return ok(linkOf(channel, inbox, line, { key, clock, encoding }));
    },
    signal,
  );
  if (begun.ok) return begun;
  const why = inbox.over ? failure("lost", channel.ended) : begun;
  if (loggedIn && !inbox.over) await line.type("\rexit\r");
  await channel[Symbol.asyncDispose]();
  return why;
}

interface Begun {
  readonly key: string;
  readonly clock: () => number;
  readonly encoding: InputEncoding;
}

/** Long: its parts share the number of the last command, and why it ended. */
function linkOf(channel: Channel, inbox: Inbox, line: TerminalLine, { key, clock, encoding }: Begun): ShellLink {
  let [last, over, sending] = [0, "", false];
  // The agent takes a line only between two commands.
  const inTurn = createTurns();
  const bye = answerMark(key, 0).concat("bye");
  // A line in the middle of input would be a part of it.
  const beats = setInterval(() => void (sending || line.type("\n")), HEARTBEAT);
  beats.unref();

  async function failed(got: "cut" | "over" | null, name: string, number: number, options: AskOptions) {
    if (got === "cut")
      return failure("cut", `the answer to '${name}' came damaged each time; keep others from writing to the console`);
    if (got === "over") {
      over = channel.ended || "the console was taken away from the shell";
      return failure("lost", over);
    }
    const why = whyUnanswered(name, options);
    if (await interrupt(inbox, key, number, line.type))
      return failure("no-answer", `${why}; it was ended on the board`);
    over = `${why}, and the board does not react`;
    return failure("no-answer", over);
  }
  async function sendInput(input: Uint8Array): Promise<boolean> {
    sending = true;
    const sent = await typeInput(line, inbox, input, { key, encoding });
    sending = false;
    return sent;
  }
  async function ask(command: string, options: AskOptions): Promise<Result<ShellAnswer, ShellFailure>> {
    const number = ++last;
    const request = consoleRequest(key, number, command);
    const long = Buffer.byteLength(request) > LONGEST;
    if (long && options.input === undefined) return ask("exec sh", { ...options, input: Buffer.from(command) });
    if (long) return failure("refused", `a command of ${command.length} letters is too long for a console`);
    const name = clip(command);
    if (options.input !== undefined && !(await sendInput(options.input)))
      return failure("cut", `the console loses letters; try a lower speed`);
    const began = clock();
    const mark = answerMark(key, number);
    const asking = {
      inbox,
      mark,
      bye,
      request: () => line.type(request),
      again: () => line.type(`${key} s ${number}\n`),
    };
    const got = await within(options.timeout, (stop) => awaitAnswer(asking, stop), options.signal);
    if (got === null || typeof got === "string") return failed(got, name, number, options);
    return ok({ ...got, err: "", took: clock() - began });
  }
  const signalAll = (setting: string, name: string): Promise<void> =>
    inTurn(() => line.type(`${key} x ${setting} ${name}\n`));
  const link: ShellLink = {
    mixed: true,
    alone: false,
    get ended() {
      return inbox.over ? channel.ended || "the connection is gone" : over;
    },
    ask: (command, options) => inTurn(() => ask(command, options)),
    keep: (path) => inTurn(() => line.type(`${key} g ${path}\n`)),
    follow: (command) => followConsole(link, `${key}-${++last}`, command, signalAll),
    async [Symbol.asyncDispose]() {
      clearInterval(beats);
      if (link.ended === "") {
        await line.type("bye\n");
        await within(END_WAIT, (stop) => takeMarked(inbox, bye, stop));
      }
      await channel[Symbol.asyncDispose]();
    },
  };
  return link;
}
