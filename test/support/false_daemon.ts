// A daemon that sends what a test wants.
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { encodeFrame } from "../../src/wire/codec.ts";
import type { Frame } from "../../src/wire/frames.ts";
import { LIMITS, VERSION } from "../../src/wire/limits.ts";
import { createSplitter } from "../../src/wire/splitter.ts";
import { NO_PARAMS } from "../../src/wire/wire_params.ts";
import { socketPath } from "./daemon.ts";

export const WELCOME: Frame = {
  kind: "welcome",
  tag: 0,
  version: VERSION,
  layout: 0x400,
  frameMax: LIMITS.frame,
  memrefMax: LIMITS.memref,
  sessionsMax: LIMITS.sessions,
  callsMax: LIMITS.calls,
  release: "4.0.0",
  profile: "x",
};

export function reply(tag: number, code: number, more: Partial<Extract<Frame, { kind: "reply" }>> = {}): Frame {
  return { kind: "reply", tag, code, origin: 3, session: 0, params: NO_PARAMS, ...more };
}

/** Answers a frame of a client. */
export type Answer = (frame: Frame, send: (...frames: readonly Frame[]) => void, socket: Socket) => void;

/** What listens like a daemon, and answers every frame in a way of its own. */
export interface FalseDaemon {
  readonly path: string;
  /** Every frame that came. */
  readonly heard: Frame[];
  end(): void;
}

/** A server that calls `answer` for each frame, the hello included where `greets` is false; `stays` never closes its end. */
export async function falseDaemon(answer: Answer, greets = true, stays = false): Promise<FalseDaemon> {
  const path = socketPath();
  const heard: Frame[] = [];
  const server = createServer({ allowHalfOpen: stays }, (socket) => {
    const splitter = createSplitter();
    const send = (...frames: readonly Frame[]): void => void socket.write(Buffer.concat(frames.map(encodeFrame)));
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      for (const read of splitter.push(bytes)) {
        if (!read.ok) throw new Error(read.error.text);
        heard.push(read.value);
        if (greets && read.value.kind === "hello") send(WELCOME);
        else answer(read.value, send, socket);
      }
    });
  }).listen(path);
  await once(server, "listening");
  return { path, heard, end: () => void server.close() };
}
