// The frames of calls, lists and subscriptions: one row each. docs/protocol.md has the same tables in words.
import { EVENT_FRAMES } from "./event_frames.ts";
import { type BodyOf, type FrameRow, fromClient, fromDaemon } from "./frame_row.ts";

/** What a client sends. */
export const CLIENT_FRAMES = {
  hello: fromClient(0x01, { magic: "u32", version: "u32" }),
  open: fromClient(0x02, { uuid: "uuid", params: "params" }),
  invoke: fromClient(0x03, { session: "u32", command: "u32", params: "params" }),
  close: fromClient(0x04, { session: "u32" }),
  /** Cancels the request with this frame's tag. */
  cancel: fromClient(0x05, {}),
  /** Opens a session with a login that is not public: the method, and the number of the user or group. */
  login: fromClient(0x08, { uuid: "uuid", method: "u32", identity: "u32", params: "params" }),
  /** Sum of `SUBSCRIBE`; 0 ends it. */
  subscribe: fromClient(0x06, { events: "u32" }),
  /** Asks for one of `LIST` of a TA, by UUID or name; empty: of all. */
  list: fromClient(0x07, { what: "u32", which: "text" }),
};

/** What a daemon answers. */
export const SERVER_FRAMES = {
  welcome: fromDaemon(0x81, {
    version: "u32",
    /** Layout of the statistics: major release times 256, plus minor. */
    layout: "u32",
    frameMax: "u32",
    memrefMax: "u32",
    sessionsMax: "u32",
    callsMax: "u32",
    release: "text",
    profile: "text",
  }),
  reply: fromDaemon(0x82, { code: "u32", origin: "u32", session: "u32", params: "params" }),
  /** The connection ends: one of `FAULT`, and why. */
  fault: fromDaemon(0x83, { reason: "u32", text: "text" }),
  /** A list is complete, or there is none: a TEE code, and why not in a sentence. */
  listed: fromDaemon(0x84, { code: "u32", text: "text" }),
};

const TABLE = { ...CLIENT_FRAMES, ...SERVER_FRAMES, ...EVENT_FRAMES };

/** The body of a frame that a client sends. */
export type ClientBody = BodyOf<typeof CLIENT_FRAMES>;
/** The body of a frame that a daemon sends. */
export type ServerBody = BodyOf<typeof SERVER_FRAMES>;
/** The first frame of a daemon: its version, platform and release. */
export type Welcome = Extract<ServerBody, { kind: "welcome" }>;

/** A frame, whose tag names the request that it belongs to; 0 where there is none. */
export type Frame = { readonly tag: number } & BodyOf<typeof TABLE>;

/** All frames by kind. */
export const FRAMES: Readonly<Record<Frame["kind"], FrameRow>> = TABLE;

/** Reasons for which a daemon ends a connection. */
export const FAULT = { MALFORMED: 1, TOO_LARGE: 2, VERSION: 3, ORDER: 4, SHUTDOWN: 5 } as const;
