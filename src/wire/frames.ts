// The frames of the protocol: one row each. docs/protocol.md has the same tables in words.
import { COUNTERS } from "../malloc/counters.ts";
import type { EventBody } from "./event_body.ts";
import type { WireParams } from "./wire_params.ts";

/** A frame, whose tag names the request that it belongs to; 0 where there is none. */
export type Frame = { readonly tag: number } & (ClientBody | ServerBody | EventBody);

/** What a client sends. */
export type ClientBody =
  | { readonly kind: "hello"; readonly magic: number; readonly version: number }
  | { readonly kind: "open"; readonly uuid: string; readonly params: WireParams }
  | { readonly kind: "invoke"; readonly session: number; readonly command: number; readonly params: WireParams }
  | { readonly kind: "close"; readonly session: number }
  /** The request with this frame's tag is to be cancelled. */
  | { readonly kind: "cancel" }
  /** Sum of `SUBSCRIBE`; 0 ends it. */
  | { readonly kind: "subscribe"; readonly events: number }
  /** Asks for one of `LIST` of an application, by UUID or name; empty: of all. */
  | { readonly kind: "list"; readonly what: number; readonly which: string };

/** What a daemon answers. */
export type ServerBody =
  | Welcome
  | {
      readonly kind: "reply";
      readonly code: number;
      readonly origin: number;
      readonly session: number;
      readonly params: WireParams;
    }
  /** A list is complete, or there is none: a TEE code, and why not in a sentence. */
  | { readonly kind: "listed"; readonly code: number; readonly text: string }
  /** The connection ends: one of `FAULT`, and why. */
  | { readonly kind: "fault"; readonly reason: number; readonly text: string };

export interface Welcome {
  readonly kind: "welcome";
  readonly version: number;
  /** Layout of the statistics: major release times 256, plus minor. */
  readonly layout: number;
  readonly frameMax: number;
  readonly memrefMax: number;
  readonly sessionsMax: number;
  readonly callsMax: number;
  readonly release: string;
  readonly profile: string;
}

export const FAULT = { MALFORMED: 1, TOO_LARGE: 2, VERSION: 3, ORDER: 4, SHUTDOWN: 5 } as const;

/** How a field travels. */
export type FieldType = "u32" | "u64" | "text" | "uuid" | "params";

export interface FrameRow {
  /** Number on the wire. */
  readonly code: number;
  readonly from: "client" | "daemon";
  readonly fields: readonly (readonly [name: string, type: FieldType])[];
}

export const FRAMES: Readonly<Record<Frame["kind"], FrameRow>> = {
  hello: row(0x01, "client", "magic", "version"),
  open: row(0x02, "client", "uuid:uuid", "params:params"),
  invoke: row(0x03, "client", "session", "command", "params:params"),
  close: row(0x04, "client", "session"),
  cancel: row(0x05, "client"),
  subscribe: row(0x06, "client", "events"),
  list: row(0x07, "client", "what", "which:text"),
  welcome: row(
    0x81,
    "daemon",
    "version",
    "layout",
    "frameMax",
    "memrefMax",
    "sessionsMax",
    "callsMax",
    "release:text",
    "profile:text",
  ),
  reply: row(0x82, "daemon", "code", "origin", "session", "params:params"),
  fault: row(0x83, "daemon", "reason", "text:text"),
  listed: row(0x84, "daemon", "code", "text:text"),
  text: row(0x91, "daemon", "id", "text:text"),
  heap: row(0x92, "daemon", "sequence:u64", "heap", "instance", "base:u64", "blocks", ...COUNTERS),
  operation: row(
    0x93,
    "daemon",
    "sequence:u64",
    "heap",
    "instance",
    "op",
    "pointer",
    "size:u64",
    "arg:u64",
    "result",
    "file",
    "line",
    "allocated",
  ),
  step: row(0x94, "daemon", "sequence:u64", "step", "entry", "instance", "session", "command", "code"),
  lost: row(0x95, "daemon", "count"),
  instance: row(0x96, "daemon", "sequence:u64", "instance", "uuid:uuid", "name:text"),
  block: row(0x97, "daemon", "heap", "instance", "pointer", "bytes", "size", "file", "line"),
  ended: row(
    0x98,
    "daemon",
    "sequence:u64",
    "instance",
    "uuid:uuid",
    "panicked",
    "seconds",
    "millis",
    ...COUNTERS,
    "name:text",
  ),
  status: row(0x99, "daemon", "instance", "sessions", "panicked", "busy"),
};

/** Fields as `name:type`; without a type it is a u32. */
function row(code: number, from: FrameRow["from"], ...fields: readonly string[]): FrameRow {
  return {
    code,
    from,
    fields: fields.map((field) => {
      const [name = "", type = "u32"] = field.split(":");
      return [name, type as FieldType];
    }),
  };
}
