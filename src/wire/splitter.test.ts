// Tests of splitter.ts.
import { describe, expect, it } from "vitest";
import { encodeFrame } from "./codec.ts";
import { FAULT, type Frame } from "./frames.ts";
import { createSplitter } from "./splitter.ts";

const cancel = (tag: number): Frame => ({ kind: "cancel", tag });
/** A frame with a text of so many bytes, a multiple of four: 12 bytes of head, 4 of length. */
const listed = (bytes: number): Frame => ({ kind: "listed", tag: 1, code: 2, text: "x".repeat(bytes) });

function word(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
}

describe("a length", () => {
  it.each([
    [0, FAULT.MALFORMED, "a frame has at least 8 bytes, not 0"],
    [7, FAULT.MALFORMED, "a frame has at least 8 bytes, not 7"],
    [67_108_929, FAULT.TOO_LARGE, "a frame has at most 67108928 bytes, not 67108929"],
    [0xffffffff, FAULT.TOO_LARGE, "a frame has at most 67108928 bytes, not 4294967295"],
  ])("of %i is a fault before its bytes arrive", (length, reason, text) => {
    const splitter = createSplitter();
    expect(splitter.push(word(length).subarray(0, 3))).toEqual([]);
    expect(splitter.push(word(length).subarray(3))).toEqual([{ ok: false, error: { reason, text } }]);
    expect(splitter.push(encodeFrame(cancel(1)))).toEqual([]);
  });

  it.each([8, 67_108_928])("of %i is none", (length) => {
    expect(createSplitter().push(word(length))).toEqual([]);
  });

  it("has the limit that is asked for", () => {
    // A cancel has 8 bytes behind its length, a close 12.
    const splitter = createSplitter(8);
    expect(splitter.push(encodeFrame(cancel(5)))).toEqual([{ ok: true, value: cancel(5) }]);
    expect(splitter.push(encodeFrame({ kind: "close", tag: 1, session: 1 }))).toMatchObject([{ ok: false }]);
  });
});

describe("a stream", () => {
  it("gives the frames before a fault, then the fault, and nothing behind it", () => {
    const bytes = Buffer.concat([encodeFrame(cancel(1)), encodeFrame(cancel(2)), word(7), encodeFrame(cancel(3))]);
    expect(createSplitter().push(bytes)).toMatchObject([
      { ok: true, value: cancel(1) },
      { ok: true, value: cancel(2) },
      { ok: false, error: { reason: FAULT.MALFORMED } },
    ]);
  });

  it("takes a frame whose body cannot be read as a fault that says why", () => {
    const bytes = Uint8Array.of(...word(9), ...word(5), ...word(1), 0);
    expect(createSplitter().push(bytes)).toEqual([
      { ok: false, error: { reason: FAULT.MALFORMED, text: "frame 'cancel' has 1 bytes too many" } },
    ]);
  });

  // Around the room that there is at first, 1 KiB, and the most that is kept, 128 KiB.
  it.each([1000, 1008, 1012, 1024, 2048, 131_056, 131_072, 300_000])(
    "with a frame of %i bytes between small ones reads back, whole or in pieces",
    (bytes) => {
      const sent = [cancel(1), listed(bytes), cancel(2), listed(bytes), listed(0), cancel(3)];
      const stream = Buffer.concat(sent.map(encodeFrame));
      for (const piece of [stream.length, 1024, 4096, 65_536, bytes + 17]) {
        const splitter = createSplitter();
        const got = [];
        for (let at = 0; at < stream.length; at += piece) got.push(...splitter.push(stream.subarray(at, at + piece)));
        expect(got).toEqual(sent.map((value) => ({ ok: true, value })));
      }
    },
  );

  it("does not hold on to the bytes that it was given", () => {
    const splitter = createSplitter();
    const bytes = encodeFrame(listed(8));
    const first = bytes.slice(0, 10);
    splitter.push(first);
    first.fill(0);
    expect(splitter.push(bytes.subarray(10))).toEqual([{ ok: true, value: listed(8) }]);
  });
});
