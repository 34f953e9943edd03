// Tests of the conversation in docs/protocol.md.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { memrefInOut, memrefOut, params, valueInOut } from "../tee/kernel/params.ts";
import { encodeFrame } from "./codec.ts";
import { HEAP, LIST } from "./event_frames.ts";
import { FRAMES, type Frame } from "./frames.ts";
import { LIMITS, MAGIC, VERSION } from "./limits.ts";
import { createSplitter } from "./splitter.ts";
import { replyOf, requestOf } from "./wire_params.ts";

const HELLO_WORLD = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";
const page = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");

/** The conversation of the page: a session with hello_world. */
const CONVERSATION: readonly Frame[] = [
  { kind: "hello", tag: 0, magic: MAGIC, version: VERSION },
  {
    kind: "welcome",
    tag: 0,
    version: VERSION,
    layout: 0x400,
    frameMax: LIMITS.frame,
    memrefMax: LIMITS.memref,
    sessionsMax: LIMITS.sessions,
    callsMax: LIMITS.calls,
    release: "4.0.0",
    profile: "qemu_v8-4.0.0",
  },
  { kind: "open", tag: 1, uuid: HELLO_WORLD, params: requestOf(params()) },
  { kind: "reply", tag: 1, code: 0, origin: 4, session: 1, params: replyOf(params()) },
  { kind: "invoke", tag: 2, session: 1, command: 0, params: requestOf(params(valueInOut(41))) },
  { kind: "reply", tag: 2, code: 0, origin: 4, session: 0, params: replyOf(params(valueInOut(42))) },
  { kind: "invoke", tag: 3, session: 1, command: 9, params: requestOf(params(memrefInOut(Uint8Array.of(1, 2, 3)))) },
  {
    kind: "reply",
    tag: 3,
    code: 0xffff0006,
    origin: 4,
    session: 0,
    params: replyOf(params(memrefInOut(Uint8Array.of(1, 2, 3)))),
  },
  { kind: "cancel", tag: 3 },
  { kind: "list", tag: 5, what: LIST.RUNNING, which: "hello_world" },
  { kind: "instance", tag: 5, sequence: 9, instance: 1, uuid: HELLO_WORLD, name: "hello_world" },
  { kind: "status", tag: 5, instance: 1, sessions: 1, panicked: 0, busy: 0 },
  {
    kind: "heap",
    tag: 5,
    sequence: 9,
    heap: HEAP.ta,
    instance: 1,
    base: 0,
    blocks: 0,
    allocated: 128,
    maxAllocated: 256,
    size: 32768,
    failures: 0,
    biggestFailure: 0,
    biggestFailureUsed: 0,
  },
  { kind: "listed", tag: 5, code: 0, text: "" },
  { kind: "close", tag: 4, session: 1 },
  { kind: "reply", tag: 4, code: 0, origin: 3, session: 0, params: replyOf(params()) },
];

/** Bytes as the page shows them: 16 in a line. */
function dump(frame: Frame): string {
  const hex = Array.from(encodeFrame(frame), (byte) => byte.toString(16).padStart(2, "0"));
  const from = FRAMES[frame.kind].from === "client" ? ">" : "<";
  const lines = Array.from({ length: Math.ceil(hex.length / 16) }, (_, n) => hex.slice(16 * n, 16 * n + 16).join(" "));
  return [`${from} ${frame.kind}`, ...lines.map((line) => `  ${line}`)].join("\n");
}

describe("docs/protocol.md", () => {
  it("shows the conversation as it is", () => {
    const shown = /```hexdump\n([\s\S]*?)```/.exec(page)?.[1];
    expect(shown).toBe(`${CONVERSATION.map(dump).join("\n")}\n`);
  });

  it("its bytes read as that conversation", () => {
    const shown = /```hexdump\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
    const bytes = Buffer.from(shown.replace(/^[<>].*$/gm, "").replace(/\s+/g, ""), "hex");
    expect(createSplitter().push(bytes)).toEqual(CONVERSATION.map((value) => ({ ok: true, value })));
  });

  it("has every frame with its number and its fields in their order", () => {
    for (const [kind, { code, fields }] of Object.entries(FRAMES)) {
      const number = `0x${code.toString(16).padStart(2, "0")}`;
      const row = page.split("\n").find((line) => line.startsWith(`| ${number} | \`${kind}\` |`));
      expect(row, `${number} ${kind}`).toBeDefined();
      const named = (row?.split("|")[3] ?? "").match(/`[a-zA-Z0-9]+`( \w+)?/g) ?? [];
      expect(named).toEqual(
        Object.entries(fields).map(([name, type]) => (type === "u32" ? `\`${name}\`` : `\`${name}\` ${type}`)),
      );
    }
  });

  it("has the limits", () => {
    for (const [name, value] of Object.entries(LIMITS)) expect(page, name).toContain(value.toLocaleString("en"));
  });

  it("the reply of a buffer that is too small carries the size, and no bytes beyond its room", () => {
    const reply = memrefOut(new Uint8Array(2));
    if (reply.type === "memref") reply.size = 320;
    expect(replyOf(params(reply))[0]).toMatchObject({ type: 6, a: 320, data: new Uint8Array(2) });
  });
});
