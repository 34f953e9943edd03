import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ok } from "../base/result.ts";
import { decodeAllocReply, decodeRecord, encodeRecords } from "./alloc_reply.ts";
import { NAME_BYTES, STAT_FIELDS } from "./fields.ts";
import { LAYOUTS, type Layout } from "./layout.ts";
import { type AllocRecord, emptyRecord, type TaRecord } from "./record.ts";
import { decodeTaReply, encodeTaReply } from "./ta_reply.ts";
import { decodeUuid } from "./uuid.ts";

const u32 = fc.nat(0xffffffff);
const latin1 = fc.string({ unit: fc.integer({ min: 1, max: 0xff }).map((c) => String.fromCharCode(c)), maxLength: 31 });
const counters = {
  name: latin1,
  allocated: u32,
  maxAllocated: u32,
  size: u32,
  failures: u32,
  biggestFailure: u32,
  biggestFailureUsed: u32,
};
const old: fc.Arbitrary<AllocRecord> = fc.record(counters);
const since46: fc.Arbitrary<AllocRecord> = fc.record({
  ...counters,
  free2Sum: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
});
const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(decodeUuid);
const layouts = Object.keys(LAYOUTS) as Layout[];

function records(layout: Layout): fc.Arbitrary<AllocRecord> {
  return layout === "4.6" ? since46 : old;
}

function tas(layout: Layout): fc.Arbitrary<TaRecord[]> {
  return fc.array(fc.record({ uuid, panicked: u32, sessions: u32, heap: records(layout) }), { maxLength: 12 });
}

describe.each(layouts)("layout %s", (layout) => {
  const row = LAYOUTS[layout];

  test("encode, decode gives all pools back and the layout", () => {
    const pools = fc.array(records(layout), { minLength: row.pools, maxLength: row.pools });
    fc.assert(
      fc.property(pools, (list) => {
        const bytes = encodeRecords(list, layout);
        expect(bytes.length).toBe(row.pools * row.recordSize);
        expect(decodeAllocReply(bytes)).toEqual(ok({ layout, pools: list }));
      }),
    );
  });

  test("one record, at an odd place of a larger buffer", () => {
    fc.assert(
      fc.property(records(layout), fc.nat(7), (record, shift) => {
        const outer = new Uint8Array(row.recordSize + 7).fill(0xee);
        outer.set(encodeRecords([record], layout), shift);
        expect(decodeRecord(outer.subarray(shift, shift + row.recordSize))).toEqual(ok(record));
      }),
    );
  });

  test("every byte stands where the table says", () => {
    for (const field of STAT_FIELDS) {
      const at = field.offset[row.recordSize];
      const value = field.width === 8 ? { free2Sum: 0x0807060504030201n } : { [field.name]: 0x04030201 };
      const bytes = encodeRecords([{ ...emptyRecord(), ...value }], layout);
      const expected = new Uint8Array(row.recordSize);
      if (at !== null) for (let i = 0; i < field.width; i++) expected[at + i] = i + 1;
      expect(bytes, field.cName).toEqual(expected);
    }
  });

  test("TA records", () => {
    fc.assert(
      fc.property(tas(layout), (list) => {
        const bytes = encodeTaReply(list, layout);
        expect(bytes.length).toBe(list.length * row.taSize);
        expect(decodeTaReply(bytes, layout)).toEqual(ok(list));
        if (bytes.length % 880 !== 0) expect(decodeTaReply(bytes)).toEqual(ok(list));
      }),
    );
  });

  test("a TA record: uuid, panicked, sessions, heap", () => {
    const ta = { uuid: "03020100-0504-0706-0809-0a0b0c0d0e0f", panicked: 0x13121110, sessions: 0x17161514 };
    const bytes = encodeTaReply([{ ...ta, heap: emptyRecord("\x18") }], layout);
    expect([...bytes.subarray(0, 26)]).toEqual([...Array.from({ length: 25 }, (_, i) => i), 0]);
  });
});

describe("as in C", () => {
  test("a long name is cut to 31 bytes, other scripts become question marks", () => {
    const bytes = encodeRecords([emptyRecord(`€${"x".repeat(40)}`)], "4.0");
    expect(bytes[NAME_BYTES - 1]).toBe(0);
    expect(decodeRecord(bytes)).toEqual(ok(emptyRecord(`?${"x".repeat(30)}`)));
  });

  test("a name without NUL ends with its field", () => {
    const bytes = new Uint8Array(56).fill(0x41, 0, 32);
    expect(decodeRecord(bytes)).toEqual(ok(emptyRecord("A".repeat(32))));
  });

  test("counters keep their lowest 32 bits", () => {
    const bytes = encodeRecords([{ ...emptyRecord(), biggestFailure: 2 ** 32 + 5 }], "4.0");
    expect(decodeRecord(bytes)).toEqual(ok({ ...emptyRecord(), biggestFailure: 5 }));
  });
});

describe("wrong lengths", () => {
  test("of pools", () => {
    for (const length of [0, 56, 223, 336, 4096]) {
      const result = decodeAllocReply(new Uint8Array(length));
      expect(result.ok ? "" : result.error).toContain(`not ${length}`);
    }
    expect(decodeRecord(new Uint8Array(80)).ok).toBe(false);
  });

  test("of TAs; 880 is ambiguous without a layout", () => {
    expect(decodeTaReply(new Uint8Array(81)).ok).toBe(false);
    expect(decodeTaReply(new Uint8Array(80), "4.6").ok).toBe(false);
    expect(decodeTaReply(new Uint8Array(0))).toEqual(ok([]));
    const both = decodeTaReply(new Uint8Array(880));
    expect(both.ok ? "" : both.error).toContain("11 records of 80 or 10 records of 88");
    const told = decodeTaReply(new Uint8Array(880), "4.6");
    expect(told.ok && told.value.length).toBe(10);
  });
});
