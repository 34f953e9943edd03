// A link over a pipe: what arrives is what the board sent, byte by byte.
import { clip } from "../../../base/printable.ts";
import { ok, type Result } from "../../../base/result.ts";
import type { Channel } from "../channel/channel.ts";
import { answerMark, inputLine, pipeRequest, pipeStart } from "./agent.ts";
import { within } from "./deadline.ts";
import { createInbox, type Inbox, takeMarked } from "./inbox.ts";
import { encodedParts, type InputEncoding } from "./input.ts";
import { interrupt, whyUnanswered } from "./interrupt.ts";
import type { AskOptions, LinkOptions, ShellLink } from "./link.ts";
import { followPipe } from "./pipe_running.ts";
import { failure, type ShellAnswer, type ShellFailure } from "./shell.ts";

/** Milliseconds for standard error to come as far as standard output. */
const ERR_WAIT = 2000;
/** Milliseconds for the board to take the input of a command. */
const INPUT_WAIT = 60_000;
/** Milliseconds between two lines that say that we are there. */
const HEARTBEAT = 5000;

/** Starts the agent in a shell that reads a pipe. Closes the channel where that fails. */
export async function openPipeLink(
  channel: Channel,
  inbox: Inbox,
  { key, clock, timeout, signal }: LinkOptions,
): Promise<Result<ShellLink, ShellFailure>> {
  const aside = channel.aside === undefined ? null : createInbox(channel.aside);
  const mark = (): ReturnType<typeof takeMarked> =>
    within(timeout, (stop) => takeMarked(inbox, answerMark(key, 0), stop), signal);
  await channel.write(Buffer.from(pipeStart(key)));
  const first = await mark();
  const apart = first?.rest !== "aside";
  const ready = apart ? first : await mark();
  if (ready === null) {
    const over = inbox.over;
    await channel[Symbol.asyncDispose]();
    if (over) return failure("lost", channel.ended);
    return failure("no-answer", `no shell answered within ${timeout / 1000} s; is there a POSIX sh on the board?`);
  }
  if (!apart) await channel.write(Buffer.from(`${key} a() { :; }\n`));
  const encoding: InputEncoding = ready.rest.endsWith(":base64") ? "base64" : "octal";
  return ok(linkOf(channel, inbox, apart ? aside : null, { key, clock, encoding }));
}

interface Agreed {
  readonly key: string;
  readonly clock: () => number;
  readonly encoding: InputEncoding;
}

function linkOf(channel: Channel, inbox: Inbox, aside: Inbox | null, { key, clock, encoding }: Agreed): ShellLink {
  let [last, sending] = [0, false];
  const send = (text: string): Promise<Result<void>> => channel.write(Buffer.from(text));
  // A line in the middle of input would be a part of it.
  const beats = setInterval(() => void (sending || send("\n")), HEARTBEAT);
  beats.unref();

  /** False where the board does not take it. */
  async function sendInput(input: Uint8Array): Promise<boolean> {
    sending = true;
    let taken = true;
    if (encoding === "octal") for (const part of encodedParts(input, encoding)) await send(inputLine(key, part));
    else {
      const text = Buffer.from(input).toString("base64");
      await send(`${key} b ${text.length}\n`);
      await send(text);
      // What the board reads with may take more than it was told, so nothing is sent before it has it all.
      taken = (await within(INPUT_WAIT, (stop) => takeMarked(inbox, answerMark(key, "i"), stop))) !== null;
    }
    sending = false;
    return taken;
  }
  async function unanswered(name: string, number: number, options: AskOptions) {
    if (inbox.over) return failure("lost", channel.ended);
    const why = whyUnanswered(name, options);
    if (await interrupt(inbox, key, number, send)) return failure("no-answer", `${why}; it was ended on the board`);
    const gone = inbox.over;
    await channel[Symbol.asyncDispose]();
    return failure(gone ? "lost" : "no-answer", `${why}, and the board does not react`);
  }
  async function ask(command: string, options: AskOptions): Promise<Result<ShellAnswer, ShellFailure>> {
    const number = ++last;
    const mark = answerMark(key, number);
    if (options.input !== undefined && options.input.length > 0 && !(await sendInput(options.input)))
      return unanswered(clip(command), number, options);
    const began = clock();
    await send(pipeRequest(key, number, command));
    const out = await within(options.timeout, (stop) => between(inbox, mark, stop), options.signal);
    if (out === null) return unanswered(clip(command), number, options);
    const took = clock() - began;
    const err = aside === null ? null : await within(ERR_WAIT, (stop) => between(aside, mark, stop));
    const code = Number(out.rest);
    if (!Number.isInteger(code) || (aside !== null && err === null))
      return failure("cut", `the answer to '${clip(command)}' was truncated`);
    return ok({ code, out: out.before, err: Buffer.from(err?.before ?? []).toString("utf8"), took });
  }
  return {
    mixed: aside === null,
    alone: true,
    get ended() {
      return inbox.over ? channel.ended || "the connection is gone" : "";
    },
    ask,
    async keep(path) {
      await send(`${key} g ${path}\n`);
    },
    follow(command) {
      const number = ++last;
      void send(pipeRequest(key, number, `exec 2>&1\n${command}`));
      return followPipe(inbox, answerMark(key, number), { send, lost: () => channel.ended });
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beats);
      await channel[Symbol.asyncDispose]();
    },
  };
}

/** What stands between the two marks of a command. */
async function between(from: Inbox, mark: string, stop: AbortSignal): ReturnType<typeof takeMarked> {
  const begin = await takeMarked(from, `${mark}begin`, stop);
  return begin === null ? null : takeMarked(from, mark, stop);
}
