import type { Socket } from "node:net";
import { encodeFrame } from "../wire/codec.ts";
import type { ClientBody, EventBody, Frame, Welcome } from "../wire/frames.ts";
import { MAGIC, VERSION } from "../wire/limits.ts";
import { createSplitter } from "../wire/splitter.ts";
import { codeOf } from "./socket_file.ts";

type Reply = Extract<Frame, { kind: "reply" }>;

/** Milliseconds within which a daemon says hello. */
const PATIENCE_MS = 5000;

/** Requests and their replies over one socket. */
export interface Link {
  /** Why the connection ended; empty while it stands, and where we ended it. */
  readonly lost: string;
  /** Null if there was no welcome. */
  greet(): Promise<Welcome | null>;
  /** Null if the connection ended before the reply. */
  ask(body: ClientBody, signal?: AbortSignal): Promise<Reply | null>;
  subscribe(events: number, listener: (event: EventBody) => void): void;
  end(): Promise<void>;
}

/** Takes over a socket that is connected; `path` is for messages. */
export function createLink(socket: Socket, path: string): Link {
  const splitter = createSplitter();
  const waiting = new Map<number, (reply: Reply | null) => void>();
  let greeted = (_welcome: Welcome | null): void => {};
  let listener = (_event: EventBody): void => {};
  let lost = "";
  let open = true;
  let ending = false;
  let tag = 0;

  function give(why: string): void {
    if (!open) return;
    open = false;
    if (!ending) lost ||= why;
    greeted(null);
    for (const resolve of waiting.values()) resolve(null);
    waiting.clear();
    socket.destroy();
  }
  function take(frame: Frame): void {
    switch (frame.kind) {
      case "welcome":
        return greeted(frame);
      case "reply":
        waiting.get(frame.tag)?.(frame);
        waiting.delete(frame.tag);
        return;
      case "fault":
        return give(`the daemon on ${path} ended the connection: ${frame.text}`);
      case "text":
      case "heap":
      case "operation":
      case "step":
      case "lost":
        return listener(frame);
      default:
        return give(`what listens on ${path} is no daemon of teemem`);
    }
  }
  socket.on("data", (bytes) => {
    for (const read of splitter.push(bytes)) {
      if (read.ok) take(read.value);
      else give(`what listens on ${path} does not speak the protocol of teemem: ${read.error.text}`);
    }
  });
  socket.on("error", (error) => give(`the daemon on ${path} went away (${codeOf(error)})`));
  socket.on("close", () => give(`the daemon on ${path} went away`));
  function send(frame: Frame): void {
    if (open) socket.write(encodeFrame(frame));
  }
  return {
    get lost() {
      return lost;
    },
    async greet() {
      const welcome = new Promise<Welcome | null>((resolve) => {
        greeted = resolve;
      });
      const timer = setTimeout(() => give(`what listens on ${path} does not answer`), PATIENCE_MS);
      send({ kind: "hello", tag: 0, magic: MAGIC, version: VERSION });
      try {
        return await welcome;
      } finally {
        clearTimeout(timer);
      }
    },
    ask(body, signal) {
      if (!open) return Promise.resolve(null);
      tag = (tag % 0xffffffff) + 1;
      const own = tag;
      const cancel = (): void => send({ kind: "cancel", tag: own });
      return new Promise<Reply | null>((resolve) => {
        waiting.set(own, (reply) => {
          signal?.removeEventListener("abort", cancel);
          resolve(reply);
        });
        send({ ...body, tag: own });
        if (signal?.aborted) cancel();
        else signal?.addEventListener("abort", cancel, { once: true });
      });
    },
    subscribe(events, hears) {
      listener = hears;
      send({ kind: "subscribe", tag: 0, events });
    },
    async end() {
      ending = true;
      if (socket.destroyed) return;
      const closed = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
      socket.end();
      await closed;
    },
  };
}
