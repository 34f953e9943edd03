// The frames of the protocol: one row each. docs/protocol.md has the same tables in words.
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
  | { readonly kind: "subscribe"; readonly events: number };

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

/** What subscribers hear. Texts and heaps are told once and named by numbers afterwards. */
export type EventBody =
  | { readonly kind: "text"; readonly id: number; readonly text: string }
  /** A heap that there is; `name` is `core`, `nexus` or the UUID of a trusted application. */
  | {
      readonly kind: "heap";
      readonly heap: number;
      readonly name: number;
      readonly size: number;
      readonly allocated: number;
      readonly base: number;
    }
  /** An operation on a heap, as `HeapListener` has it; `op` is the code of its letter. */
  | {
      readonly kind: "operation";
      readonly heap: number;
      readonly op: number;
      readonly pointer: number;
      readonly size: number;
      readonly arg: number;
      readonly result: number;
      readonly file: number;
      readonly line: number;
      readonly allocated: number;
    }
  /** A trusted application was loaded, entered, left or unloaded: one of `STEP`; `entry` is one of `ENTRY`. */
  | {
      readonly kind: "step";
      readonly sequence: number;
      readonly step: number;
      readonly entry: number;
      readonly heap: number;
      readonly session: number;
      readonly command: number;
      readonly code: number;
    }
  /** So many operations and steps were left out here, because the subscriber reads too slowly. */
  | { readonly kind: "lost"; readonly count: number };

export const SUBSCRIBE = { STEPS: 1, OPERATIONS: 2 } as const;

export const FAULT = { MALFORMED: 1, TOO_LARGE: 2, VERSION: 3, ORDER: 4, SHUTDOWN: 5 } as const;

export const STEP = { LOADED: 1, ENTERED: 2, LEFT: 3, UNLOADED: 4 } as const;

export const ENTRY = { none: 0, create: 1, open: 2, invoke: 3, close: 4, destroy: 5 } as const;

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
  text: row(0x91, "daemon", "id", "text:text"),
  heap: row(0x92, "daemon", "heap", "name", "size", "allocated", "base:u64"),
  operation: row(0x93, "daemon", "heap", "op", "pointer", "size", "arg", "result", "file", "line", "allocated"),
  step: row(0x94, "daemon", "sequence:u64", "step", "entry", "heap", "session", "command", "code"),
  lost: row(0x95, "daemon", "count"),
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
