// One connection to a daemon: requests, replies, lists, subscription.
import type { Socket } from "node:net";
import { codeOf } from "../base/error_code.ts";
import { encodeFrame } from "../wire/codec.ts";
import type { EventBody } from "../wire/event_frames.ts";
import type { ClientBody, Frame, Welcome } from "../wire/frames.ts";
import { LIMITS, MAGIC, VERSION } from "../wire/limits.ts";
import { createSplitter } from "../wire/splitter.ts";

type Reply = Extract<Frame, { kind: "reply" }>;
type Listed = Extract<Frame, { kind: "listed" }>;

/** A list with what ended it. */
export interface List {
  readonly end: Listed;
  readonly bodies: readonly EventBody[];
  /** Texts by their numbers, as received so far. */
  readonly texts: ReadonlyMap<number, string>;
}

/** The waiter for the end of a request, and the frames that came for it until then. */
interface Waiting {
  readonly bodies: EventBody[];
  readonly end: (frame: Reply | Listed | null) => void;
}

/** How long a daemon is waited for: `most` for one that listens and has not booted yet. */
export interface Patience {
  /** Milliseconds. */
  readonly most: number;
  /** Milliseconds that it has to end a request that was cancelled, for a list, and to end the connection. */
  readonly answer: number;
  /** Called once, after a second without an answer. */
  readonly slow: () => void;
}

/** A start plays the whole recorded run, at most; what does not answer for a minute is no daemon that starts. */
export const PATIENCE: Patience = { most: 60_000, answer: 10_000, slow: () => {} };
const SLOW_MS = 1000;

/** Requests and their replies over one socket. */
export interface Link {
  /** Why the connection ended; empty while it stands, and where we ended it. */
  readonly lost: string;
  /** Resolves when the connection is no more. */
  readonly ended: Promise<void>;
  /** Null if there was no welcome. */
  greet(): Promise<Welcome | null>;
  /** Null if the connection ended before the reply. */
  ask(body: ClientBody, signal?: AbortSignal): Promise<Reply | null>;
  /** Null if the connection ended before the end of the list. */
  list(what: number, which: string): Promise<List | null>;
  subscribe(events: number, listener: (event: EventBody) => void): void;
  end(): Promise<void>;
}

/**
 * Takes over a socket that is connected; `path` is for messages.
 * Long: one state of a connection, which all of its calls change.
 */
export function createLink(
  socket: Socket,
  path: string,
  { most, answer, slow }: Patience,
  limits: { readonly texts: number; readonly list: number } = LIMITS,
): Link {
  const splitter = createSplitter();
  const waiting = new Map<number, Waiting>();
  const texts = new Map<number, string>();
  let greeted = (_welcome: Welcome | null): void => {};
  let listener = (_event: EventBody): void => {};
  let lost = "";
  let open = true;
  let ending = false;
  let welcomed = false;
  let tag = 0;

  const ended = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  function give(why: string): void {
    if (!open) return;
    open = false;
    if (!ending) lost ||= why;
    greeted(null);
    for (const { end } of waiting.values()) end(null);
    waiting.clear();
    socket.destroy();
  }
  function take(frame: Frame): void {
    switch (frame.kind) {
      case "welcome":
        welcomed = true;
        return greeted(frame);
      case "reply":
      case "listed":
        waiting.get(frame.tag)?.end(frame);
        waiting.delete(frame.tag);
        return;
      case "fault":
        return give(`the daemon on ${path} ended the connection: ${frame.text}`);
      case "hello":
      case "open":
      case "login":
      case "invoke":
      case "close":
      case "cancel":
      case "subscribe":
      case "list":
        return give(`the program on ${path} is not a daemon of teemem`);
      case "text":
        texts.set(frame.id, frame.text);
        if (texts.size > limits.texts) return give(`the program on ${path} sends more than ${limits.texts} texts`);
        return listener(frame);
      default: {
        if (frame.tag === 0) return listener(frame);
        const bodies = waiting.get(frame.tag)?.bodies;
        bodies?.push(frame);
        if (bodies !== undefined && bodies.length > limits.list)
          give(`the program on ${path} sends a list of more than ${limits.list} frames`);
      }
    }
  }
  socket.on("data", (bytes) => {
    for (const read of splitter.push(bytes)) {
      if (!open) return;
      if (read.ok) take(read.value);
      else give(`the program on ${path} does not speak teemem's protocol: ${read.error.text}`);
    }
  });
  const away = (): string => `the daemon on ${path} went away${welcomed ? "" : " before it had started"}`;
  socket.on("error", (error) => give(`${away()} (${codeOf(error)})`));
  socket.on("close", () => give(away()));
  const silent = (): void => give(`the program on ${path} does not answer: end it, or choose another socket`);
  function nextTag(): number {
    tag = (tag % 0xffffffff) + 1;
    return tag;
  }
  function send(frame: Frame): void {
    if (open) socket.write(encodeFrame(frame));
  }
  return {
    get lost() {
      return lost;
    },
    ended,
    async greet() {
      const welcome = new Promise<Welcome | null>((resolve) => {
        greeted = resolve;
      });
      const timers = [setTimeout(slow, SLOW_MS), setTimeout(silent, most)];
      send({ kind: "hello", tag: 0, magic: MAGIC, version: VERSION });
      try {
        return await welcome;
      } finally {
        timers.forEach(clearTimeout);
      }
    },
    ask(body, signal) {
      if (!open) return Promise.resolve(null);
      const own = nextTag();
      let late: NodeJS.Timeout | undefined;
      const cancel = (): void => {
        send({ kind: "cancel", tag: own });
        late = setTimeout(silent, answer);
      };
      return new Promise<Reply | null>((resolve) => {
        const end = (reply: Reply | Listed | null): void => {
          clearTimeout(late);
          signal?.removeEventListener("abort", cancel);
          resolve(reply?.kind === "reply" ? reply : null);
        };
        waiting.set(own, { bodies: [], end });
        send({ ...body, tag: own });
        if (signal?.aborted) cancel();
        else signal?.addEventListener("abort", cancel, { once: true });
      });
    },
    list(what, which) {
      if (!open) return Promise.resolve(null);
      const own = nextTag();
      return new Promise<List | null>((resolve) => {
        const bodies: EventBody[] = [];
        const late = setTimeout(silent, answer);
        const end = (frame: Reply | Listed | null): void => {
          clearTimeout(late);
          resolve(frame?.kind === "listed" ? { end: frame, bodies, texts } : null);
        };
        waiting.set(own, { bodies, end });
        send({ kind: "list", tag: own, what, which });
      });
    },
    subscribe(events, hears) {
      listener = hears;
      send({ kind: "subscribe", tag: 0, events });
    },
    async end() {
      ending = true;
      if (socket.destroyed) return;
      // A daemon that owes us an answer may be stuck, and then it would not close its end either.
      if (waiting.size > 0) socket.destroySoon();
      else socket.end();
      const late = setTimeout(() => socket.destroy(), answer);
      await ended;
      clearTimeout(late);
    },
  };
}
