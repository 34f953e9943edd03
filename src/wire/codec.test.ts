// Tests of codec.ts.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PARAM_TYPE } from "../abi/ids.ts";
import {
  bufferOf,
  memrefIn,
  memrefInOut,
  memrefOut,
  params,
  valueIn,
  valueInOut,
  valueOut,
} from "../tee/kernel/params.ts";
import { createReader, createWriter } from "./bytes.ts";
import { decodeFrame, encodeFrame } from "./codec.ts";
import type { FieldType } from "./frame_row.ts";
import { FAULT, FRAMES, type Frame } from "./frames.ts";
import { LIMITS, MAGIC } from "./limits.ts";
import { createSplitter } from "./splitter.ts";
import { applyReply, paramsOf, readParams, replyOf, requestOf, writeParams } from "./wire_params.ts";

const u32 = fc.nat({ max: 0xffffffff });
const param = fc.oneof(
  fc.record({ type: fc.constantFrom(0, 1, 2, 3), a: u32, b: u32, data: fc.constant(new Uint8Array()) }),
  fc.record({ type: fc.constantFrom(5, 6, 7), a: u32, b: fc.constant(0), data: fc.uint8Array({ maxLength: 40 }) }),
);
const FIELDS: Readonly<Record<FieldType, fc.Arbitrary<unknown>>> = {
  u32,
  u64: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  text: fc.string({ unit: "grapheme" }),
  uuid: fc.uuid(),
  params: fc.tuple(param, param, param, param),
};
const frames: fc.Arbitrary<Frame> = fc.constantFrom(...Object.keys(FRAMES)).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    tag: u32,
    ...Object.fromEntries(
      Object.entries(FRAMES[kind as Frame["kind"]].fields).map(([name, type]) => [name, FIELDS[type]]),
    ),
  }),
) as fc.Arbitrary<Frame>;

describe("frames", () => {
  it("read back as they were written, wherever the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(frames, { minLength: 1, maxLength: 4 }), (sent) => {
        const stream = Buffer.concat(sent.map(encodeFrame));
        for (let cut = 0; cut <= stream.length; cut++) {
          const splitter = createSplitter();
          const got = [stream.subarray(0, cut), stream.subarray(cut)].flatMap((part) => splitter.push(part));
          if (cut % 16 === 0) expect(got).toEqual(sent.map((value) => ({ ok: true, value })));
          else expect(got.length).toBe(sent.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("read back byte by byte", () => {
    const frame: Frame = { kind: "fault", tag: 9, reason: FAULT.ORDER, text: "größer" };
    const splitter = createSplitter();
    const got = [...encodeFrame(frame)].flatMap((byte) => splitter.push(Uint8Array.of(byte)));
    expect(got).toEqual([{ ok: true, value: frame }]);
  });

  it("are refused where they are cut short or longer than they say", () => {
    fc.assert(
      fc.property(frames, fc.nat(), (frame, random) => {
        const bytes = encodeFrame(frame).subarray(4);
        expect(decodeFrame(bytes.subarray(0, random % bytes.length)).ok).toBe(false);
        expect(decodeFrame(Buffer.concat([bytes, new Uint8Array(1 + (random % 9))])).ok).toBe(false);
      }),
    );
  });

  it("never throw on garbage, and every fault says why", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = decodeFrame(bytes);
        if (!read.ok) expect(read.error).not.toBe("");
        for (const row of Object.values(FRAMES)) decodeFrame(Uint8Array.of(row.code, 0, 0, 0, 0, 0, 0, 0, ...bytes));
        createSplitter().push(bytes);
      }),
    );
  });

  it.each([
    ["HTTP", new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"), FAULT.TOO_LARGE],
    ["too long", Uint8Array.of(0x41, 0, 0, 4), FAULT.TOO_LARGE],
    ["too short", Uint8Array.of(7, 0, 0, 0), FAULT.MALFORMED],
    ["unknown kind", Uint8Array.of(8, 0, 0, 0, 0x77, 0, 0, 0, 0, 0, 0, 0), FAULT.MALFORMED],
  ])("a stream that is %s has a fault, and nothing after it is read", (_name, bytes, reason) => {
    const splitter = createSplitter();
    expect(splitter.push(bytes)).toMatchObject([{ ok: false, error: { reason } }]);
    expect(splitter.push(encodeFrame({ kind: "hello", tag: 0, magic: MAGIC, version: 1 }))).toEqual([]);
  });

  it("as long as allowed are taken", () => {
    const full = new Uint8Array(LIMITS.memref);
    const given = requestOf(params(memrefIn(full), memrefIn(full), memrefIn(full), memrefIn(full)));
    const bytes = encodeFrame({ kind: "invoke", tag: 1, session: 1, command: 0, params: given });
    expect(bytes.length - 4).toBeLessThanOrEqual(LIMITS.frame);
    expect(createSplitter().push(bytes)).toMatchObject([{ ok: true }]);
  });
});

describe("parameters", () => {
  it("go in, are changed, and come out", () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5);
    const mine = params(valueInOut(7, 8), memrefInOut(bytes), memrefOut(new Uint8Array(4)), valueOut());
    const served = paramsOf(requestOf(mine));
    if (!served.ok) throw new Error(served.error);
    const [value, both, out, answer] = served.value;
    if (value.type !== "value" || both.type !== "memref" || out.type !== "memref" || answer.type !== "value")
      throw new Error("types are kept");
    expect([value.value, both.buffer, bufferOf(out).length]).toEqual([{ a: 7, b: 8 }, bytes, 4]);
    value.value = { a: 1, b: 2 };
    bufferOf(both).set([9, 9]);
    both.size = 2;
    out.size = 100;
    answer.value = { a: 3, b: 4 };
    expect(applyReply(mine, replyOf(served.value))).toBe(true);
    expect(mine).toMatchObject([
      { value: { a: 1, b: 2 } },
      { buffer: Uint8Array.of(9, 9, 3, 4, 5), size: 2 },
      { size: 100 },
      { value: { a: 3, b: 4 } },
    ]);
  });

  it("whose sizes contradict their bytes are refused, and so are answers to other questions", () => {
    const [none] = requestOf(params());
    const bad = { type: PARAM_TYPE.MEMREF_INPUT, a: 9, b: 0, data: new Uint8Array(8) };
    expect(paramsOf([bad, none, none, none]).ok).toBe(false);
    expect(applyReply(params(valueIn(1)), replyOf(params(valueOut())))).toBe(false);
    expect(applyReply(params(memrefOut(new Uint8Array(1))), replyOf(params(memrefOut(new Uint8Array(2)))))).toBe(false);
  });
});

describe("memrefs", () => {
  it("keep apart NULL and 0 bytes, in each direction", () => {
    const mine = params(memrefIn(null), memrefIn(new Uint8Array()), memrefOut(null), memrefOut(new Uint8Array()));
    const writer = createWriter();
    writeParams(writer, requestOf(mine));
    const read = readParams(createReader(writer.bytes()));
    const served = read.ok ? paramsOf(read.value) : read;
    expect(served).toEqual({ ok: true, value: mine });
  });

  it("without a buffer have no size", () => {
    const none = requestOf(params(memrefIn(null)));
    expect(paramsOf([{ ...none[0], a: 1 }, none[1], none[2], none[3]])).toMatchObject({ ok: false });
  });
});
