// Tests that print statistics and parse them back.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fragmentationPercent } from "../abi/fragmentation.ts";
import { decodeUuid } from "../abi/uuid.ts";
import { ok } from "../base/result.ts";
import type { Release } from "../release/release.ts";
import { poolNamed, RELEASES } from "../release/releases.ts";
import { SINCE_4_1 } from "../release/since_4_1.ts";
import { SINCE_4_6 } from "../release/since_4_6.ts";
import { parseAlloc, parseFailure, parsePager, parseTa, parseTime } from "./parse.ts";
import { printAlloc, printFailure, printPager, printTa, printTime } from "./print.ts";
import { trimmed } from "./printed_number.ts";
import { scan } from "./scan.ts";
import type { PrintedRecord } from "./stat_lines.ts";

function same(actual: unknown, expected: unknown): void {
  expect(actual).toEqual(expected);
}

const u32 = fc.nat(0xffffffff);
const half = fc.nat(0x80000000);
const counters = {
  allocated: half,
  maxAllocated: half,
  size: fc.integer({ min: 0x80000000, max: 0xffffffff }),
  failures: u32,
  biggestFailure: u32,
  biggestFailureUsed: half,
};
const name = fc
  .oneof(fc.constantFrom("", "Secure DDR", "KHeap (disabled)"), fc.string({ maxLength: 31 }))
  .map((text) => trimmed(text).trim())
  // Nobody calls a pool as a line of statistics begins.
  .filter((text) => poolNamed(text)?.name === text || !/heap|pool|[:=(|]/i.test(text));
const percent = fc.record({ fragmentation: fc.nat(100) }, { requiredKeys: [] });

function record(release: Release, of: fc.Arbitrary<string>): fc.Arbitrary<PrintedRecord> {
  const base = fc.record({ name: of, ...counters });
  return release.xtest.fragmentation ? fc.tuple(base, percent).map(([a, b]) => ({ ...a, ...b })) : base;
}

function pools(release: Release): fc.Arbitrary<PrintedRecord[]> {
  const count = release.pools.length - 1;
  const rest = fc.uniqueArray(record(release, name), {
    minLength: count,
    maxLength: count,
    selector: ({ name: one }) => (one === "" ? {} : (poolNamed(one)?.role ?? one)),
  });
  return fc.tuple(record(release, fc.constant("Heap")), rest).map(([heap, others]) => [heap, ...others]);
}

const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(decodeUuid);

function tas(release: Release) {
  const heap = record(release, fc.constant(""));
  return fc.array(fc.record({ uuid, panicked: u32, sessions: u32, heap }), { minLength: 1, maxLength: 4 });
}

describe.each(RELEASES)("print, parse since $since", (release) => {
  test("--alloc", () => {
    fc.assert(fc.property(pools(release), (value) => same(parseAlloc(printAlloc(value, release)), ok(value))));
  });

  test("--ta", () => {
    fc.assert(fc.property(tas(release), (value) => same(parseTa(printTa(value, release)), ok(value))));
  });

  test("many reports with other lines between whole lines", () => {
    const noise = fc.constantFrom(
      "[   12.345678] random: crng init done",
      "# xtest --stats --alloc",
      "@@ sample 1",
      "",
    );
    const report = pools(release).map((value) => ({ value, text: printAlloc(value, release) }));
    const property = fc.property(
      fc.array(report, { minLength: 1, maxLength: 3 }),
      fc.infiniteStream(fc.option(noise)),
      (list, stream) => {
        const lines = list.flatMap(({ text }) => text.split("\n").slice(0, -1));
        const noisy = lines.flatMap((line) => {
          const other = stream.next().value;
          return typeof other === "string" ? [other, line] : [line];
        });
        const found = scan(noisy.map((line) => `${line}\r\n`).join(""));
        expect(found.map(({ value }) => value)).toEqual(list.map(({ value }) => value));
      },
    );
    fc.assert(property);
  });
});

test("--pager, --time, a failure", () => {
  const pager = fc.record({
    unlockedPages: u32,
    poolPages: u32,
    readOnlyFaults: u32,
    readWriteFaults: u32,
    hiddenFaults: u32,
    zeroPagesReleased: u32,
  });
  fc.assert(fc.property(pager, (value) => same(parsePager(printPager(value)), ok(value))));
  const clock = fc.record({ seconds: u32, millis: fc.nat(999) });
  const time = fc.record({ ree: clock, tee: clock });
  fc.assert(fc.property(time, (value) => same(parseTime(printTime(value)), ok(value))));
  const call = fc.constantFrom("TEEC_InvokeCommand", "TEEC_OpenSession", "TEEC_InitializeContext");
  const failure = fc.record({ call, code: u32, origin: fc.nat(4) });
  fc.assert(fc.property(failure, (value) => same(parseFailure(printFailure(value)), ok(value))));
});

test("free2Sum comes out as its percentage, since 4.6 only", () => {
  const heap = { name: "Heap", allocated: 22704, maxAllocated: 23712, size: 203072, failures: 0 };
  const pool = { ...heap, biggestFailure: 0, biggestFailureUsed: 0, free2Sum: 30_000_000_000n };
  expect(fragmentationPercent(pool)).toBe(7);
  expect(printAlloc([pool], SINCE_4_6).split("\n")[2]).toBe("Fragmentation:\t\t\t       7 %");
  expect(printAlloc([pool], SINCE_4_1)).not.toContain("Fragmentation");
});

test("scan takes any text", () => {
  const line = fc.constantFrom(
    "Pool: Heap",
    "Pool:",
    "Bytes allocated: 1",
    "Fragmentation: 1 %",
    "Max bytes allocated: x",
    "ta(8aaaf200-2450-11e4-abe20002a5d5c51b)",
    "\tpanicked(0) -- True if TA has panicked",
    "REE time: 1 seconds, 2 milliseconds",
    "xtest: TEEC_InvokeCommand: res 0xffff0008 err_orig 0x4",
    "",
    "noise",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
      const found = scan(lines.join("\n"));
      for (const { from, to } of found) expect(from >= 1 && from <= to && to <= Math.max(1, lines.length)).toBe(true);
    }),
  );
});
