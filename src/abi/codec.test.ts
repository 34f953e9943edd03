// Tests of the codecs of statistics records.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ok } from "../base/result.ts";
import type { Release } from "../release/release.ts";
import { poolNames, RELEASES } from "../release/releases.ts";
import { SINCE_4_0 } from "../release/since_4_0.ts";
import { SINCE_4_6 } from "../release/since_4_6.ts";
import { decodeAllocReply, decodeRecord, encodeRecords } from "./alloc_reply.ts";
import { NAME_BYTES, STAT_FIELDS } from "./fields.ts";
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

function records({ recordSize }: Release): fc.Arbitrary<AllocRecord> {
  return recordSize === 64 ? since46 : old;
}

function tas(release: Release): fc.Arbitrary<TaRecord[]> {
  return fc.array(fc.record({ uuid, panicked: u32, sessions: u32, heap: records(release) }), { maxLength: 12 });
}

describe.each(RELEASES)("since $since", (release) => {
  const { pools: rows, recordSize } = release;

  test("encode, decode gives all pools back", () => {
    const pools = fc.array(records(release), { minLength: rows.length, maxLength: rows.length });
    fc.assert(
      fc.property(pools, (list) => {
        const bytes = encodeRecords(list, release);
        expect(bytes.length).toBe(rows.length * recordSize);
        expect(decodeAllocReply(bytes)).toMatchObject({ ok: true, value: { pools: list } });
      }),
    );
  });

  test("the names of its pools show the layout of its release", () => {
    for (const nsVirtualization of [false, true]) {
      const bytes = encodeRecords(poolNames(release, { nsVirtualization }).map(emptyRecord), release);
      const reply = decodeAllocReply(bytes);
      expect(reply.ok && reply.value.release.pools).toBe(release.pools);
    }
  });

  test("one record, at an odd place of a larger buffer", () => {
    fc.assert(
      fc.property(records(release), fc.nat(7), (record, shift) => {
        const outer = new Uint8Array(recordSize + 7).fill(0xee);
        outer.set(encodeRecords([record], release), shift);
        expect(decodeRecord(outer.subarray(shift, shift + recordSize))).toEqual(ok(record));
      }),
    );
  });

  test("every byte stands where the table says", () => {
    for (const field of STAT_FIELDS) {
      const at = field.offset[recordSize];
      const value = field.width === 8 ? { free2Sum: 0x0807060504030201n } : { [field.name]: 0x04030201 };
      const bytes = encodeRecords([{ ...emptyRecord(), ...value }], release);
      const expected = new Uint8Array(recordSize);
      if (at !== null) for (let i = 0; i < field.width; i++) expected[at + i] = i + 1;
      expect(bytes, field.cName).toEqual(expected);
    }
  });

  test("TA records", () => {
    fc.assert(
      fc.property(tas(release), (list) => {
        const bytes = encodeTaReply(list, release);
        expect(bytes.length).toBe(list.length * (16 + 4 + 4 + recordSize));
        expect(decodeTaReply(bytes, release)).toEqual(ok(list));
        if (bytes.length % 880 !== 0) expect(decodeTaReply(bytes)).toEqual(ok(list));
      }),
    );
  });

  test("a TA record: uuid, panicked, sessions, heap", () => {
    const ta = { uuid: "03020100-0504-0706-0809-0a0b0c0d0e0f", panicked: 0x13121110, sessions: 0x17161514 };
    const bytes = encodeTaReply([{ ...ta, heap: emptyRecord("\x18") }], release);
    expect([...bytes.subarray(0, 26)]).toEqual([...Array.from({ length: 25 }, (_, i) => i), 0]);
  });
});

describe("as in C", () => {
  test("a long name is cut to 31 bytes, other scripts become question marks", () => {
    const bytes = encodeRecords([emptyRecord(`€${"x".repeat(40)}`)], SINCE_4_0);
    expect(bytes[NAME_BYTES - 1]).toBe(0);
    expect(decodeRecord(bytes)).toEqual(ok(emptyRecord(`?${"x".repeat(30)}`)));
  });

  test("a name without NUL ends with its field", () => {
    const bytes = new Uint8Array(56).fill(0x41, 0, 32);
    expect(decodeRecord(bytes)).toEqual(ok(emptyRecord("A".repeat(32))));
  });

  test("counters keep their lowest 32 bits", () => {
    const bytes = encodeRecords([{ ...emptyRecord(), biggestFailure: 2 ** 32 + 5 }], SINCE_4_0);
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

  test("of TAs; 880 is ambiguous without a release", () => {
    expect(decodeTaReply(new Uint8Array(81)).ok).toBe(false);
    expect(decodeTaReply(new Uint8Array(80), SINCE_4_6).ok).toBe(false);
    expect(decodeTaReply(new Uint8Array(0))).toEqual(ok([]));
    const both = decodeTaReply(new Uint8Array(880));
    expect(both.ok ? "" : both.error).toContain("11 records of 80 or 10 records of 88");
    const told = decodeTaReply(new Uint8Array(880), SINCE_4_6);
    expect(told.ok && told.value.length).toBe(10);
  });
});
