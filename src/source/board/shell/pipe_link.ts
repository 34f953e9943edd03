// A link over a pipe: what arrives is what the board sent, byte by byte.
import { clip } from "../../../base/printable.ts";
import { ok, type Result } from "../../../base/result.ts";
import type { Channel } from "../channel/channel.ts";
import { agentText, inputLine, markOf, requestLine } from "./agent.ts";
import { within } from "./deadline.ts";
import { createInbox, type Inbox, takeMarked } from "./inbox.ts";
import { type Encoding, encodedParts } from "./input.ts";
import type { AskOptions, Link, LinkOptions } from "./link.ts";
import { followPipe } from "./pipe_running.ts";
import { failure, type ShellAnswer, type ShellFailure } from "./shell.ts";

/** Milliseconds for a command to end after each of the signals that tell it to. */
const KILL_WAIT = 2000;
/** Milliseconds between two lines that say that we are there. */
const HEARTBEAT = 5000;

/** Starts the agent in a shell that reads a pipe. Closes the channel where that fails. */
export async function openPipeLink(
  channel: Channel,
  { key, clock, timeout, signal }: LinkOptions,
): Promise<Result<Link, ShellFailure>> {
  const inbox = createInbox(channel.incoming);
  const aside = channel.aside === undefined ? null : createInbox(channel.aside);
  await channel.write(Buffer.from(agentText(key)));
  const first = await within(timeout, (stop) => takeMarked(inbox, markOf(key, 0), stop), signal);
  const apart = first?.rest !== "aside";
  const ready = apart ? first : await within(timeout, (stop) => takeMarked(inbox, markOf(key, 0), stop), signal);
  if (ready === null) {
    const over = inbox.over;
    await channel[Symbol.asyncDispose]();
    return over
      ? failure("lost", channel.ended)
      : failure("no-answer", `no shell answered within ${timeout / 1000} s; is there a POSIX sh on the board?`);
  }
  if (!apart) await channel.write(Buffer.from(`${key} a() { :; }\n`));
  const encoding: Encoding = ready.rest.endsWith(":base64") ? "base64" : "octal";
  return ok(linkOf(channel, inbox, apart ? aside : null, { key, clock, encoding }));
}

interface Agreed {
  readonly key: string;
  readonly clock: () => number;
  readonly encoding: Encoding;
}

function linkOf(channel: Channel, inbox: Inbox, aside: Inbox | null, { key, clock, encoding }: Agreed): Link {
  let last = 0;
  const send = (text: string): Promise<Result<void>> => channel.write(Buffer.from(text));
  const beats = setInterval(() => void send("\n"), HEARTBEAT);
  beats.unref();

  /** Ends the command that runs; false where the board does not react, or is gone. */
  async function interrupt(mark: string): Promise<boolean> {
    for (const line of ["k\n", "K\n"]) {
      await send(line);
      if ((await within(KILL_WAIT, (stop) => takeMarked(inbox, mark, stop))) !== null) return true;
    }
    return false;
  }
  async function unanswered(command: string, mark: string, { signal, timeout }: AskOptions) {
    if (inbox.over) return failure("lost", channel.ended);
    const name = clip(command);
    const why =
      signal?.aborted === true ? `'${name}' was given up` : `'${name}' gave no answer within ${timeout / 1000} s`;
    if (await interrupt(mark)) return failure("no-answer", `${why}; it was ended on the board`);
    const gone = inbox.over;
    await channel[Symbol.asyncDispose]();
    return failure(gone ? "lost" : "no-answer", `${why}, and the board does not react`);
  }
  /** What stands between the two marks of a command. */
  async function between(from: Inbox, mark: string, stop: AbortSignal) {
    const begin = await takeMarked(from, `${mark}begin`, stop);
    return begin === null ? null : takeMarked(from, mark, stop);
  }
  async function ask(command: string, options: AskOptions): Promise<Result<ShellAnswer, ShellFailure>> {
    const number = ++last;
    const mark = markOf(key, number);
    const began = clock();
    for (const part of encodedParts(options.input ?? new Uint8Array(), encoding)) await send(inputLine(key, part));
    await send(requestLine(key, number, command));
    const out = await within(options.timeout, (stop) => between(inbox, mark, stop), options.signal);
    if (out === null) return unanswered(command, mark, options);
    const took = clock() - began;
    const err = aside === null ? null : await within(KILL_WAIT, (stop) => between(aside, mark, stop));
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
      await send(`${key} g=${path}\n`);
    },
    follow(command) {
      const number = ++last;
      void send(requestLine(key, number, `exec 2>&1\n${command}`));
      return followPipe(inbox, markOf(key, number), { send, lost: () => channel.ended });
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beats);
      await channel[Symbol.asyncDispose]();
    },
  };
}
