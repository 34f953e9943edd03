// Tests of leak snapshots and their comparison.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseRecordedTrace } from "../../replay/recorded_trace.ts";
import { trendOf } from "../trend.ts";
import { grew, leakChanges } from "./diff.ts";
import { leakGrowth } from "./growth.ts";
import { type LeakSnapshot, renameSites, snapshotOfBlocks, snapshotOfList, totalOf } from "./snapshot.ts";
import { suspects } from "./three.ts";
import { endsOfMarks, leftByInstances, snapshotsOfTrace } from "./trace.ts";

function snapshot(sites: Readonly<Record<string, readonly [number, number]>>): LeakSnapshot {
  const counts = Object.entries(sites).map(([site, [blocks, bytes]]) => [site, { blocks, bytes }] as const);
  return { name: "", heap: "core", sites: new Map(counts), uncertain: 0 };
}

describe("two snapshots", () => {
  it("show what grew first, and what shrank last", () => {
    const rows = leakChanges(
      snapshot({ "a.c:1": [1, 8], "b.c:2": [2, 20], "c.c:3": [1, 1] }),
      snapshot({ "a.c:1": [3, 24], "c.c:3": [1, 1], "d.c:4": [1, 100] }),
    );
    expect(rows.map(({ site, blocks, bytes }) => [site, blocks, bytes])).toEqual([
      ["d.c:4", 1, 100],
      ["a.c:1", 2, 16],
      ["b.c:2", -2, -20],
    ]);
    expect(rows.map(grew)).toEqual([true, true, false]);
  });

  it("add up to the difference of the sums", () => {
    const any = fc
      .dictionary(fc.constantFrom("a.c:1", "b.c:2", "c.c:3"), fc.tuple(fc.nat(9), fc.nat(900)))
      .map(snapshot);
    fc.assert(
      fc.property(any, any, (before, after) => {
        const bytes = leakChanges(before, after).reduce((sum, row) => sum + row.bytes, 0);
        expect(bytes).toBe(totalOf(after).bytes - totalOf(before).bytes);
      }),
    );
  });
});

test("three snapshots tell a leak from a cache and from a newcomer", () => {
  const found = suspects(
    snapshot({ "boot.c:1": [4, 64], "freed.c:1": [1, 8] }),
    snapshot({ "boot.c:1": [4, 64], "leak.c:1": [1, 10], "cache.c:1": [1, 512], "gone.c:1": [1, 9] }),
    snapshot({ "boot.c:1": [4, 64], "leak.c:1": [2, 20], "cache.c:1": [1, 512], "new.c:1": [1, 30] }),
  );
  expect(found.map(({ site, kind, kept, late }) => [site, kind, kept.bytes, late.bytes])).toEqual([
    ["leak.c:1", "leak", 10, 10],
    ["new.c:1", "new", 0, 30],
    ["cache.c:1", "kept", 512, 0],
  ]);
});

describe("trends", () => {
  it("are exact for a straight line, with the confidence of its length", () => {
    expect(trendOf([5, 8, 11, 14])).toMatchObject({ slope: 3, mean: 3, steady: 1, confidence: 1 - 1 / 24 });
    expect(trendOf([5, 8, 11, 14]).error).toBeCloseTo(0);
    expect(trendOf([5, 8, 11]).confidence).toBeCloseTo(1 - 1 / 6);
    expect(trendOf([7])).toMatchObject({ slope: 0, confidence: 0 });
  });

  it("of many values are known almost surely, and one jump is none", () => {
    const line = Array.from({ length: 50 }, (_, i) => 2304 * i);
    expect(trendOf(line)).toMatchObject({ slope: 2304, steady: 1 });
    expect(trendOf(line).confidence).toBeGreaterThan(0.9999);
    expect(trendOf([0, 0, 0, 0, 900, 900, 900, 900, 900]).rises).toBe(1);
    expect(trendOf(line.toReversed())).toMatchObject({ slope: -2304, confidence: 0, steady: 0 });
  });

  it("survive noise, and thinning does not change the scale", () => {
    const noisy = Array.from({ length: 4000 }, (_, i) => 10 * i + ((i * 7919) % 97));
    expect(trendOf(noisy).slope).toBeCloseTo(10, 0);
  });

  it("is the share of orders that rise as much (textbook value for n = 5, S = 8: 0.042)", () => {
    expect(1 - trendOf([1, 2, 3, 5, 4]).confidence).toBeCloseTo(0.0417, 3);
  });

  it("agree with the exact share where the normal approximation begins (n = 9, S = 18: 0.038)", () => {
    expect(1 - trendOf([4, 1, 2, 6, 3, 9, 5, 8, 7]).confidence).toBeCloseTo(0.038, 2);
  });

  it("never fail", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 30 }), (values) => {
        const { confidence, steady, error } = trendOf(values);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(steady).toBeLessThanOrEqual(1);
        expect(error).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

test("growth over iterations finds the leak, and leaves caches and noise alone", () => {
  const steps = Array.from({ length: 12 }, (_, i) =>
    snapshot({
      "leak.c:1": [i, 2304 * i],
      "cache.c:1": [i > 5 ? 1 : 0, i > 5 ? 4096 : 0],
      "noise.c:1": [1, 100 + ((i * 37) % 11)],
      "flat.c:1": [3, 30],
    }),
  );
  const rows = leakGrowth(steps);
  expect(rows.filter(({ leaks }) => leaks).map(({ site, trend, blocks }) => [site, trend.slope, blocks])).toEqual([
    ["leak.c:1", 2304, 1],
  ]);
  expect(rows.map(({ site }) => site)).not.toContain("flat.c:1");
});

describe("a recorded trace", () => {
  const trace = parseRecordedTrace(
    new TextEncoder().encode(
      [
        "# OP-TEE 4.0.0 heap event trace, context ta-x",
        "# mark begin first",
        "1\t1\tP\t1000\t4096\t0\t0\t0\t-\tadd\tpool.c:1",
        "1\t2\tM\t0\t100\t0\t1800\t128\t-\tf\ta.c:1",
        "1\t3\tM\t0\t20\t0\t1900\t176\t-\tf\tb.c:2",
        "# mark begin second",
        "1\t4\tF\t1900\t0\t0\t0\t128\t-\tf\tb.c:3",
        "1\t5\tR\t1800\t200\t0\t1a00\t224\t-\tg\ta.c:1",
        "1\t6\tR\t1a00\t9999\t0\t0\t224\t-\tg\ta.c:9",
        "2\t7\tP\t1000\t4096\t0\t0\t0\t-\tadd\tpool.c:1",
        "2\t8\tM\t0\t7\t0\t1800\t32\t-\tf\tb.c:2",
        "",
      ].join("\n"),
    ),
  );
  const value = trace.ok ? trace.value : undefined;

  it("has the live blocks of a moment", () => {
    if (value === undefined) throw new Error("unreadable");
    const [begin, first, second] = snapshotsOfTrace(value, [{ row: 0, name: "begin" }, ...endsOfMarks(value)]);
    expect(begin?.sites.size).toBe(0);
    expect(first).toEqual({ ...snapshot({ "a.c:1": [1, 100], "b.c:2": [1, 20] }), name: "first", heap: "ta-x" });
    expect(second?.sites).toEqual(snapshot({ "b.c:2": [1, 7] }).sites);
  });

  it("has what each instance left", () => {
    if (value === undefined) throw new Error("unreadable");
    expect(leftByInstances(value).map(({ sites }) => [...sites])).toEqual([
      [["a.c:1", { blocks: 1, bytes: 200 }]],
      [["b.c:2", { blocks: 1, bytes: 7 }]],
    ]);
  });
});

test("snapshots are made of blocks and of lists, and can be renamed", () => {
  const made = snapshotOfBlocks(
    [
      { size: 3, site: "0x10" },
      { size: 4, site: "0x20" },
    ],
    "now",
    "TA",
  );
  expect(renameSites(made, () => "a.c:1").sites).toEqual(snapshot({ "a.c:1": [2, 7] }).sites);
  const list = {
    index: 0,
    from: "TC",
    first: 1,
    last: 9,
    complete: true,
    broken: false,
    sites: [{ site: "a.c:1", blocks: 3, bytes: 8, unsized: 1 }],
    blocks: 5,
    bytes: 10,
    unplaced: { blocks: 2, bytes: 2 },
    damaged: 3,
    lost: 4,
  };
  expect(snapshotOfList(list, "x")).toEqual({
    ...snapshot({ "a.c:1": [3, 8] }),
    name: "x",
    uncertain: 7,
    cut: false,
    broken: false,
    unreadable: true,
    index: 0,
  });
});
