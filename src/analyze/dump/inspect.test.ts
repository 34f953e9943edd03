// Tests of inspect.ts.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readManifest, readTrace, variant } from "../../../test/golden/golden_set.ts";
import { startGolden } from "../../replay/golden_player.ts";
import { mapLines } from "../../replay/heap_map.ts";
import type { Variant } from "../../replay/variant.ts";
import type { DumpReport } from "./dump_report.ts";
import { inspectDump } from "./inspect.ts";
import type { DumpOptions } from "./options.ts";

const BASE = 0x40000000;

function inspected(bytes: Uint8Array, options?: DumpOptions): DumpReport[] {
  const found = inspectDump(bytes, options);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

interface Arena {
  readonly name: string;
  readonly variant: Variant;
  readonly bytes: Uint8Array;
  /** The allocator's own walk: `pool AT LENGTH`, `a AT SIZE`, `f AT SIZE`. */
  readonly map: string;
}

/** Variants of long runs: both word sizes, with and without leak headers. */
const SOME = ["lp64-ff-core", "ilp32-bf-ta-mdbg", "ilp32-ff-ta-mdbg"];

/** What golden runs leave in their arenas. Runs that panic end without a map; misuse leaves damage. */
const arenas: Arena[] = readManifest()
  .map((entry) => ({ entry, trace: readTrace(entry) }))
  .filter(({ entry, trace }) => trace.arena <= 2 ** 17 && !entry.trace.startsWith("misuse"))
  .flatMap(({ entry, trace }) => {
    const names = trace.ops.length <= 400 ? entry.variants : entry.variants.filter((name) => SOME.includes(name));
    return names.map((name) => ({ entry, trace, name }));
  })
  .flatMap(({ entry, trace, name }) => {
    const parts: string[] = [];
    const run = startGolden(trace, variant(name), (text) => parts.push(text));
    while (run.advance(1000)) parts.push("");
    if (run.finish().panic !== null) return [];
    const text = parts.join("");
    const lines = text.slice(text.lastIndexOf("== end")).split("\n");
    const map = lines.filter((line) => /^(pool|[af]) \d+ \d+$/.test(line)).join("\n");
    return [{ name: `${entry.trace} ${name}`, variant: variant(name), bytes: run.bytes, map: inOrder(map) }];
  });

/** Pools by address, as some dumps do not tell the order in which they were added. */
function inOrder(map: string): string {
  const pools = map.split(/\n(?=pool)/);
  return pools.toSorted((a, b) => Number(a.split(" ")[1]) - Number(b.split(" ")[1])).join("\n");
}

function mapOf(reports: readonly DumpReport[]): string {
  const walks = reports.flatMap(({ pools }) => pools).map((pool) => ({ ...pool, end: 0, damage: null }));
  return inOrder(mapLines(walks).join("\n"));
}

describe("the arenas of golden runs", () => {
  it("are some hundred", () => expect(arenas.length).toBeGreaterThan(100));

  it.each([
    ["everything said", ({ word }: Variant): DumpOptions => ({ word, base: BASE })],
    ["the address of the first byte", (): DumpOptions => ({ base: BASE })],
    ["nothing", (): DumpOptions => ({})],
  ])("have the allocator's map, with %s", (_what, options) => {
    for (const arena of arenas) {
      const found = inspected(arena.bytes, options(arena.variant));
      expect(mapOf(found), arena.name).toBe(arena.map);
      expect(
        found.flatMap(({ damage }) => damage),
        arena.name,
      ).toEqual([]);
      for (const { word } of found) expect(word, arena.name).toBe(arena.variant.word);
    }
  });

  it("have leak headers where they were built with them", () => {
    for (const { name, variant: v, bytes } of arenas)
      for (const { leakHeaders } of inspected(bytes, { word: v.word, base: BASE }))
        expect(leakHeaders, name).toBe(v.mdbg);
  });
});

describe("one changed byte", () => {
  const layered = arenas.filter(({ variant: v }) => v.flavour !== "bare");

  /** Bytes whose value matters, with the block that they belong to. */
  function places({ variant: v, bytes }: Arena): { at: number; block: number }[] {
    const header = 2 * v.word;
    const [report] = inspected(bytes, { word: v.word, base: BASE });
    return (report?.pools ?? []).flatMap(({ pool, blocks }) => [
      ...blocks.flatMap(({ at, free }) =>
        Array.from({ length: free ? 2 * header : header }, (_, n) => ({ at: at + n, block: at })),
      ),
      ...Array.from({ length: header }, (_, n) => {
        const block = pool.at + pool.length - header;
        return { at: block + n, block };
      }),
    ]);
  }

  // What no look at the bytes can tell: a size that now ends where another block ends, and so swallows what is between.
  it("of a block header, a link or a pool's end is found, and its block named, itself or as the one before", () => {
    const seed = Date.now() >>> 0;
    const pairs = fc.tuple(fc.nat(layered.length - 1), fc.nat(), fc.integer({ min: 1, max: 255 }));
    const outcomes = fc.sample(pairs, { numRuns: 600, seed }).map(([n, pick, change]) => {
      const arena = layered[n] as Arena;
      const all = places(arena);
      const { at, block } = all[pick % all.length] ?? { at: 0, block: 0 };
      const bytes = Uint8Array.from(arena.bytes);
      bytes[at] = (bytes[at] ?? 0) ^ change;
      const damage = inspected(bytes, { word: arena.variant.word, base: BASE }).flatMap((report) => report.damage);
      const named = damage.some((one) => one.at === block || one.before === block);
      return { named, found: damage.length > 0, what: `${arena.name}, byte ${at} of block ${block}` };
    });
    const failed = outcomes.filter(({ named }) => !named).map(({ what }) => what);
    expect(failed.length, `seed ${seed}: ${failed.join("; ")}`).toBeLessThanOrEqual(12);
    expect(outcomes.filter(({ found }) => !found).length, `seed ${seed}`).toBeLessThanOrEqual(9);
  });

  it("anywhere never throws, and never loses the heap", () => {
    fc.assert(
      fc.property(fc.nat(layered.length - 1), fc.nat(), fc.integer({ min: 1, max: 255 }), (n, pick, change) => {
        const { bytes, variant: v } = layered[n] as Arena;
        const copy = Uint8Array.from(bytes);
        copy[pick % copy.length] = (copy[pick % copy.length] ?? 0) ^ change;
        return inspected(copy, { word: v.word, base: BASE }).length > 0;
      }),
      { numRuns: 200 },
    );
  });
});

describe("bytes that are no heap", () => {
  it("have none", () => {
    expect(inspected(new Uint8Array())).toEqual([]);
    expect(inspected(new Uint8Array(65536))).toEqual([]);
    expect(inspected(new Uint8Array(65536).fill(0xff))).toEqual([]);
  });

  it("at random never throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => Array.isArray(inspected(bytes))));
  });
});

describe("the dump of a real core heap", () => {
  const dump = gunzipSync(readFileSync(new URL("../../../data/optee-4.0.0/core-heap.bin.gz", import.meta.url)));

  it("tells its own address, inside of other memory as well", () => {
    const around = Buffer.concat([Buffer.alloc(4096, 0x5a), dump, Buffer.alloc(333, 1)]);
    for (const [bytes, base] of [
      [dump, 0xe1c53e0],
      [around, 0xe1c43e0],
    ] as const) {
      const [report, ...more] = inspected(bytes);
      expect(more).toEqual([]);
      expect(report).toMatchObject({ word: 8, base, baseFrom: "pool table", leakHeaders: false, damage: [] });
      const blocks = report?.pools[0]?.blocks ?? [];
      expect([blocks.filter(({ free }) => !free).length, blocks.filter(({ free }) => free).length]).toEqual([49, 8]);
    }
  });

  it("with a block overrun names the header that was written over, the block before, and goes on behind", () => {
    const [clean] = inspected(dump);
    const blocks = clean?.pools[0]?.blocks ?? [];
    const [before, hit, next] = blocks.slice(20, 23);
    const bytes = Uint8Array.from(dump).fill(0x41, hit?.at, (hit?.at ?? 0) + 16);
    const [report] = inspected(bytes);
    expect(report?.damage[0]).toMatchObject({ at: hit?.at, before: before?.at });
    expect(report?.pools[0]?.lost).toEqual([{ at: hit?.at, length: (next?.at ?? 0) - (hit?.at ?? 0) }]);
    expect(report?.pools[0]?.blocks).toHaveLength(blocks.length - 1);
  });
});

describe("a dump with more blocks than any heap has", () => {
  /** A pool of `count` allocated blocks of 32 bytes. */
  function poolOf(count: number): Uint8Array {
    const bytes = new Uint8Array(32 * count + 16);
    const view = new DataView(bytes.buffer);
    for (let n = 0; n < count; n++) view.setBigInt64(32 * n + 8, -32n, true);
    view.setBigInt64(32 * count + 8, -(2n ** 63n), true);
    return bytes;
  }

  it.each([2 ** 16, 2 ** 16 + 1])("%i", (count) => {
    const bytes = poolOf(count);
    for (const options of [{}, { base: 4096, pools: [{ at: 0, length: bytes.length }] }]) {
      const found = inspectDump(bytes, { word: 8, ...options });
      if (count === 2 ** 16) expect(found.ok && found.value[0]?.pools[0]?.blocks.length).toBe(count);
      else expect(found).toMatchObject({ ok: false, error: expect.stringContaining("more than 65536 blocks") });
    }
  });
});
