// Tests of wire_params.ts.
import { describe, expect, it } from "vitest";
import {
  memrefIn,
  memrefInOut,
  memrefOut,
  type Param,
  params,
  valueIn,
  valueInOut,
  valueOut,
} from "../tee/kernel/params.ts";
import { createReader, createWriter } from "./bytes.ts";
import {
  applyReply,
  NO_PARAMS,
  paramsOf,
  readParams,
  replyOf,
  requestOf,
  type WireParam,
  type WireParams,
  writeParams,
} from "./wire_params.ts";

const none: WireParam = { type: 0, a: 0, b: 0, data: new Uint8Array() };
const wire = (type: number, a = 0, b = 0, ...data: readonly number[]): WireParam => ({
  type,
  a,
  b,
  data: Uint8Array.from(data),
});

/** Words with the lowest byte first. */
function words(...values: readonly number[]): number[] {
  return values.flatMap((value) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24]);
}

function bytesOf(given: WireParams): number[] {
  const writer = createWriter();
  writeParams(writer, given);
  return [...writer.bytes()];
}

describe("parameters in a frame", () => {
  it("lie as docs/protocol.md says", () => {
    const given: WireParams = [wire(3, 7, 8), wire(5, 5, 0, 1, 2, 3, 4, 5), wire(6, 9), wire(7, 4, 0, 6, 7, 8, 9)];
    const bytes = [
      // Types, four bits each: 3, 5, 6, 7.
      ...words(0x7653, 7, 8, 5, 5, 9, 0, 4, 4),
      ...[1, 2, 3, 4, 5, 0, 0, 0],
      ...[6, 7, 8, 9],
    ];
    expect(bytesOf(given)).toEqual(bytes);
    expect(readParams(createReader(Uint8Array.from(bytes)))).toEqual({ ok: true, value: given });
    expect(bytesOf(NO_PARAMS)).toEqual(words(0, 0, 0, 0, 0, 0, 0, 0, 0));
  });

  it.each([
    [0x0004, "no parameter type is 4"],
    [0x8000, "no parameter type is 8"],
    [0x00f0, "no parameter type is 15"],
    [0x10000, "the upper half of the parameter types is not zero"],
    [0x10003, "the upper half of the parameter types is not zero"],
    [0x20050, "the upper half of the parameter types is not zero"],
    [0x100007, "the upper half of the parameter types is not zero"],
    [0x80000000, "the upper half of the parameter types is not zero"],
  ])("of types 0x%x are refused", (types, error) => {
    const bytes = Uint8Array.from(words(types, 0, 0, 0, 0, 0, 0, 0, 0));
    expect(readParams(createReader(bytes))).toEqual({ ok: false, error });
  });

  it("that end too early fail", () => {
    const bytes = Uint8Array.from([...words(0x5, 4, 4, 0, 0, 0, 0, 0, 0), 1, 2, 3]);
    const reader = createReader(bytes);
    readParams(reader);
    expect(reader.failed).toBe(true);
  });
});

describe("memory that is shared", () => {
  const shared: WireParams = [{ ...wire(6, 3, 0, 1, 2, 3), shared: true }, none, none, wire(7, 2, 0, 8, 9)];

  it("is marked above the types, and its bytes travel although they come out", () => {
    const bytes = [...words(0x17006, 3, 3, 0, 0, 0, 0, 2, 2), 1, 2, 3, 0, 8, 9, 0, 0];
    expect(bytesOf(shared)).toEqual(bytes);
    expect(readParams(createReader(Uint8Array.from(bytes)))).toEqual({ ok: true, value: shared });
  });

  it("comes back whole, whatever size the TA reports; other memory only as far as that", () => {
    const given = paramsOf(shared);
    if (!given.ok) throw new Error(given.error);
    for (const param of given.value) if (param.type === "memref") param.size = 1;
    const reply = replyOf(given.value, shared);
    expect(reply).toEqual([wire(6, 1, 0, 1, 2, 3), none, none, wire(7, 1, 0, 8)]);
  });

  it("needs all its bytes", () => {
    const [first, ...rest] = shared;
    const short: WireParams = [{ ...first, data: Uint8Array.of(1, 2) }, ...rest] as const;
    expect(paramsOf(short)).toEqual({ ok: false, error: "a memref of type 6 and 3 bytes comes with 3 bytes, not 2" });
  });
});

describe("a request", () => {
  it("brings what goes in, and the room for what comes out", () => {
    const two = Uint8Array.of(1, 2);
    expect(requestOf(params(valueIn(1, 2), valueOut(), valueInOut(3, -1)))).toEqual([
      wire(1, 1, 2),
      wire(2),
      wire(3, 3, 0xffffffff),
      none,
    ]);
    expect(requestOf(params(memrefIn(two), memrefOut(two), memrefInOut(two)))).toEqual([
      wire(5, 2, 0, 1, 2),
      wire(6, 2),
      wire(7, 2, 0, 1, 2),
      none,
    ]);
  });

  it("stands for parameters with buffers of their own", () => {
    expect(paramsOf([wire(1, 1, 2), wire(2), wire(3, 3, 4), none])).toEqual({
      ok: true,
      value: params(valueIn(1, 2), valueOut(), valueInOut(3, 4)),
    });
    expect(paramsOf([wire(5, 2, 0, 1, 2), wire(6, 3), wire(7, 1, 0, 9), none])).toEqual({
      ok: true,
      value: params(memrefIn(Uint8Array.of(1, 2)), memrefOut(new Uint8Array(3)), memrefInOut(Uint8Array.of(9))),
    });
  });

  it.each([
    [wire(5, 4, 0, 1, 2, 3), "a memref of type 5 and 4 bytes comes with 4 bytes, not 3"],
    [wire(7, 2, 0, 1, 2, 3), "a memref of type 7 and 2 bytes comes with 2 bytes, not 3"],
    [wire(6, 2, 0, 1, 2), "a memref of type 6 and 2 bytes comes with 0 bytes, not 2"],
  ])("%j contradicts itself, wherever it stands", (bad, error) => {
    expect(paramsOf([bad, none, none, none])).toEqual({ ok: false, error });
    expect(paramsOf([none, none, none, bad])).toEqual({ ok: false, error });
  });
});

describe("a reply", () => {
  const sized = (param: Param, size: number): Param => (param.type === "memref" ? { ...param, size } : param);

  it("brings what comes out: values, and as many bytes as were used and have room", () => {
    const four = (): Uint8Array => Uint8Array.of(1, 2, 3, 4);
    expect(replyOf(params(valueIn(1, 2), valueInOut(3, 4), memrefIn(four())))).toEqual([
      wire(1),
      wire(3, 3, 4),
      wire(5),
      none,
    ]);
    const outs = params(
      sized(memrefOut(four()), 3),
      sized(memrefOut(four()), 4),
      sized(memrefInOut(four()), 5),
      sized(memrefOut(four()), 0xffffffff),
    );
    expect(replyOf(outs)).toEqual([
      wire(6, 3, 0, 1, 2, 3),
      wire(6, 4, 0, 1, 2, 3, 4),
      wire(7, 5, 0, 1, 2, 3, 4),
      wire(6, 0xffffffff, 0, 1, 2, 3, 4),
    ]);
  });

  it("is put into what comes out, and nothing else", () => {
    const mine = params(valueIn(1, 2), valueOut(), memrefIn(Uint8Array.of(5)), memrefOut(new Uint8Array(3)));
    expect(applyReply(mine, [wire(1, 9, 9), wire(2, 7, 8), wire(5), wire(6, 100, 0, 1, 2)])).toBe(true);
    expect(mine).toEqual([
      valueIn(1, 2),
      { type: "value", direction: "out", value: { a: 7, b: 8 } },
      memrefIn(Uint8Array.of(5)),
      { type: "memref", direction: "out", buffer: Uint8Array.of(1, 2, 0), size: 100 },
    ]);
  });

  it.each([
    ["another type", [wire(2, 1), wire(6, 1, 0, 1), none, none]],
    ["a type too many", [wire(3, 1), wire(6, 1, 0, 1), none, wire(1)]],
    ["more bytes than there is room", [wire(3, 1), wire(6, 2, 0, 1, 2), none, none]],
    ["bytes where a value is", [wire(3, 1, 0, 1), wire(6, 1, 0, 1), none, none]],
  ] as const)("with %s is none, and changes nothing", (_what, bad) => {
    const mine = params(valueInOut(7, 8), memrefOut(new Uint8Array(1)));
    expect(applyReply(mine, bad as unknown as WireParams)).toBe(false);
    expect(mine).toEqual(params(valueInOut(7, 8), memrefOut(new Uint8Array(1))));
  });
});
