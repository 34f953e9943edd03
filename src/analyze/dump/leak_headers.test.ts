// Tests of leak_headers.ts and in_flight.ts: sound dumps of both layouts, by the C code of 4.0 and 4.10.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { DumpReport } from "./dump_report.ts";
import { inspectDump } from "./inspect.ts";

function dump(name: string): Uint8Array {
  return gunzipSync(readFileSync(new URL(`../../../test/fixtures/dumps/${name}.bin.gz`, import.meta.url)));
}

function report(bytes: Uint8Array): DumpReport {
  const found = inspectDump(bytes);
  if (!found.ok || found.value.length !== 1) throw new Error("not one heap");
  return found.value[0] as DumpReport;
}

const SITES: readonly (string | null | undefined)[] = [
  "0xe000080:12900",
  "0xe0000c0:14720",
  "0xe000040:49739",
  "unknown:46897",
];

describe("sound dumps", () => {
  it.each([
    ["4.0-lp64-ta-mdbg", 8, [{ since: "4.0", before: "4.6", blocks: 12 }], 1],
    ["4.10-lp64-ta-mdbg", 8, [{ since: "4.6", before: null, blocks: 12 }], 1],
    ["4.10-ilp32-ta-mdbg", 4, [], 1],
    ["4.10-lp64-core-pools", 8, [], 4],
  ] as const)("%s has no fault", (name, word, leakLayouts, pools) => {
    const found = report(dump(name));
    expect(found).toMatchObject({ word, leakLayouts, leakHeaders: name.includes("mdbg"), damage: [], inFlight: null });
    expect(found.pools).toHaveLength(pools);
  });

  it("of the same run have the same sites and sizes in both layouts", () => {
    const [old, now] = ["4.0", "4.10"].map((release) => report(dump(`${release}-lp64-ta-mdbg`)).pools[0]?.blocks);
    expect(now?.map(({ size, payload }) => [size, payload])).toEqual(old?.map(({ size, payload }) => [size, payload]));
    for (const site of SITES) expect(now?.map((block) => block.site)).toContain(site);
  });
});

describe("what is wrong with a leak header", () => {
  const bytes = dump("4.10-lp64-ta-mdbg");
  const blocks = report(bytes).pools[0]?.blocks.filter(({ free }) => !free) ?? [];
  const view = (copy: Uint8Array): DataView => new DataView(copy.buffer, copy.byteOffset, copy.length);

  it("each flipped byte of its magic number or size names the block", () => {
    for (const { at } of blocks)
      for (const byte of [24, 25, 28, 29, 30, 31]) {
        const copy = Uint8Array.from(bytes);
        copy[at + 16 + byte] = (copy[at + 16 + byte] ?? 0) ^ 0x21;
        expect(
          report(copy).damage.map((one) => one.at),
          `${at} ${byte}`,
        ).toContain(at);
      }
  });

  it("a block with the older layout is said, and no fault", () => {
    const { at, payload } = blocks[3] as (typeof blocks)[number];
    const copy = Uint8Array.from(bytes);
    view(copy).setUint32(at + 16 + 12, payload, true);
    view(copy).setUint32(at + 16 + 16, 0xadadadad, true);
    view(copy).setUint32(at + 16 + 28, 0, true);
    const found = report(copy);
    expect(found.damage).toEqual([]);
    expect(found.leakLayouts.map(({ since, blocks: count }) => [since, count])).toEqual([
      ["4.6", 11],
      ["4.0", 1],
    ]);
    expect(found.pools[0]?.blocks.find((block) => block.at === at)?.payload).toBe(payload);
  });

  it("a block that is being released has both magic numbers cleared: no fault", () => {
    const { at, payload } = blocks[3] as (typeof blocks)[number];
    const copy = Uint8Array.from(bytes);
    view(copy).setUint32(at + 16 + 28, 0, true);
    view(copy).setUint32(at + 48 + 4 * Math.ceil(payload / 4), 0, true);
    expect(report(copy)).toMatchObject({ damage: [], inFlight: { at, step: "release" } });
    // Two at once are none that the allocator makes.
    view(copy).setUint32((blocks[5]?.at ?? 0) + 16 + 28, 0, true);
    expect(report(copy)).toMatchObject({ inFlight: null });
    expect(report(copy).damage).toHaveLength(2);
  });

  it("a block that is being allocated has none yet: a core heap, read while OP-TEE 4.0.0 ran", () => {
    const found = report(dump("4.0-lp64-core-mdbg"));
    expect(found).toMatchObject({ base: 0xab9f1400, damage: [], inFlight: { at: 0xa50, step: "allocation" } });
    expect(found.leakLayouts).toEqual([{ since: "4.0", before: "4.6", blocks: 237 }]);
  });
});
