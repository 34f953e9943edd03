// Tests of bectl.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WAYS } from "../../test/support/heaps.ts";
import { bectl } from "./bectl.ts";
import { bget, bgetr, bgetz } from "./bget.ts";
import { bpool } from "./bpool.ts";
import { brel } from "./brel.ts";
import { bstats } from "./bstats.ts";
import { bstatse } from "./bstatse.ts";
import { checkHeap } from "./check.ts";
import { capacity } from "./direct.ts";
import type { BuildOptions, Heap } from "./heap.ts";
import { HeapPanic } from "./panic.ts";

describe.each(WAYS)("$way", ({ createBget }) => {
  const INCREMENT = 512;
  const GUARD = 64;

  interface Region {
    readonly at: number;
    readonly length: number;
  }

  /** Hands out parts of one memory with guards between them, and sees to it that each comes back once. */
  function regions(h: Heap, limit = 1 << 20) {
    const { bytes } = h.memory;
    const held: Region[] = [];
    const log: string[] = [];
    const acquire = (size: number): number => {
      const length = Math.ceil(size / 16) * 16;
      let at = GUARD;
      for (const region of held.toSorted((a, b) => a.at - b.at))
        if (at + length + GUARD > region.at) at = Math.max(at, region.at + region.length + GUARD);
      log.push(`acquire ${size}`);
      if (at + length + GUARD > Math.min(bytes.length, limit)) return 0;
      held.push({ at, length });
      bytes.fill(0xdd, at, at + length);
      return at;
    };
    const release = (at: number): void => {
      const index = held.findIndex((region) => region.at === at);
      if (index < 0) throw new Error(`released ${at}, which nobody holds`);
      const [region] = held.splice(index, 1);
      bytes.fill(0, at, at + (region?.length ?? 0));
      log.push("release");
    };
    /** True if nothing was written outside of the regions that are held. */
    const guarded = (): boolean => {
      let at = 0;
      for (const region of [...held.toSorted((a, b) => a.at - b.at), { at: bytes.length, length: 0 }]) {
        if (!bytes.subarray(at, region.at).every((byte) => byte === 0)) return false;
        at = region.at + region.length;
      }
      return true;
    };
    return { acquire, release, held, log, guarded };
  }

  function growing(options: BuildOptions = {}, increment = INCREMENT) {
    const h = createBget(new Uint8Array(16 * 1024), options);
    const source = regions(h);
    bectl(h, { compact: null, acquire: source.acquire, release: source.release, increment });
    return { h, ...source };
  }

  describe("expansion pools", () => {
    test("come when nothing fits, and go when they are empty", () => {
      const { h, log, held } = growing();
      const a = bget(h, 0, 0, 300);
      const b = bget(h, 0, 0, 300);
      expect(log).toEqual(["acquire 512", "acquire 512"]);
      expect(bstatse(h)).toEqual({
        increment: INCREMENT,
        pools: 2,
        poolGets: 2,
        poolReleases: 0,
        directGets: 0,
        directReleases: 0,
      });
      brel(h, a, false);
      const c = bget(h, 0, 0, 200);
      expect(bstatse(h)).toMatchObject({ pools: 2, poolGets: 3, poolReleases: 1 });
      brel(h, b, false);
      expect(held).toHaveLength(1);
      expect(c).toBeGreaterThan(held[0]?.at ?? 0);
      expect(checkHeap(h, [{ at: held[0]?.at ?? 0, length: INCREMENT }])).toEqual([]);
    });

    test("an acquisition that fails is 0, and nothing changed", () => {
      const { h } = growing();
      bectl(h, { ...h.expansion, acquire: () => 0 });
      for (const size of [100, 10_000, 2 * h.memory.bytes.length]) expect(bget(h, 0, 0, size)).toBe(0);
      expect(bstats(h)).toEqual({ allocated: 0, free: 0, largestFree: -1, gets: 0, releases: 0 });
      expect(bstatse(h)).toMatchObject({ pools: 0, poolGets: 0, directGets: 0 });
    });

    test("none is released, and the increment is negative, once a pool has another size", () => {
      const { h, log, held } = growing();
      bpool(h, 8192, 256);
      const a = bget(h, 0, 0, 400);
      expect(bstatse(h)).toMatchObject({ increment: -INCREMENT, pools: 2 });
      brel(h, a, false);
      expect(held).toHaveLength(1);
      expect(log).toEqual(["acquire 512"]);
      expect(bget(h, 0, 0, 400)).toBe(a);
    });

    test("a lone pool of another size is not released either", () => {
      const { h, log } = growing();
      bpool(h, 8192, 256);
      expect(bstatse(h).increment).toBe(-INCREMENT);
      brel(h, bget(h, 0, 0, 100), false);
      expect(log).toEqual([]);
      expect(bstatse(h)).toMatchObject({ pools: 1, poolReleases: 0 });
    });

    test("without a release function they stay", () => {
      const { h, held } = growing();
      bectl(h, { ...h.expansion, release: null });
      brel(h, bget(h, 0, 0, 100), false);
      expect(held).toHaveLength(1);
      expect(bstatse(h)).toMatchObject({ increment: INCREMENT, pools: 1 });
    });

    test("a request that such a pool just holds gets one, one that leaves a quantum is acquired directly", () => {
      const { h, log } = growing();
      const whole = bget(h, 0, 0, INCREMENT - 32);
      expect(log).toEqual(["acquire 512"]);
      expect(capacity(h, whole)).toBe(INCREMENT - 32);
      // One quantum of a free block cannot be left over, so this one fits no expansion pool.
      const direct = bget(h, 0, 0, INCREMENT - 48);
      expect(bstatse(h)).toMatchObject({ poolGets: 1, directGets: 1 });
      const smaller = bget(h, 0, 0, INCREMENT - 64);
      expect(bstatse(h)).toMatchObject({ poolGets: 2, directGets: 1 });
      for (const buffer of [whole, direct, smaller]) brel(h, buffer, false);
      expect(bstatse(h)).toMatchObject({ pools: 0, poolReleases: 2, directReleases: 1 });
    });

    test("an increment that is no multiple of the quantum is rounded down", () => {
      const { h, log } = growing({}, INCREMENT + 9);
      const a = bget(h, 0, 0, INCREMENT - 32);
      expect(log).toEqual([`acquire ${INCREMENT + 9}`]);
      expect(bstatse(h).increment).toBe(INCREMENT + 9);
      brel(h, a, false);
      expect(bstatse(h)).toMatchObject({ increment: INCREMENT + 9, pools: 0 });
    });

    test("what is acquired must be aligned and in the memory", () => {
      const { h } = growing();
      for (const at of [8, -16, 2 ** 20]) {
        bectl(h, { ...h.expansion, acquire: () => at });
        expect(() => bget(h, 0, 0, 100)).toThrow("what is acquired");
        expect(() => bget(h, 0, 0, 1000)).toThrow("what is acquired");
      }
    });
  });

  describe("compaction", () => {
    test("is asked with size and sequence until it gives up; then pools are acquired", () => {
      const { h, acquire, release, log } = growing();
      const calls: number[][] = [];
      const compact = (size: number, sequence: number): boolean => {
        calls.push([size, sequence]);
        return sequence < 4;
      };
      bectl(h, { compact, acquire, release, increment: INCREMENT });
      expect(bget(h, 0, 0, 100)).toBeGreaterThan(0);
      expect(calls).toEqual([1, 2, 3, 4].map((sequence) => [112 + 16, sequence]));
      expect(log).toEqual(["acquire 512"]);
    });

    test("what it frees is used, and nothing is acquired", () => {
      const { h, acquire, log } = growing();
      const old = bget(h, 0, 0, INCREMENT - 32);
      const keep: number[] = [old];
      const compact = (): boolean => {
        const victim = keep.pop();
        if (victim === undefined) return false;
        brel(h, victim, false);
        return true;
      };
      bectl(h, { compact, acquire, release: null, increment: INCREMENT });
      expect(bget(h, 0, 0, 200)).toBeGreaterThan(0);
      expect(log).toEqual(["acquire 512"]);
      expect(keep).toEqual([]);
      expect(bstatse(h).pools).toBe(1);
    });

    test("is not asked for what can never be allocated", () => {
      const { h } = growing();
      bectl(h, { ...h.expansion, compact: () => expect.fail("asked") });
      expect([bget(h, 3, 0, 8), bget(h, 0, 0, 2 ** 64), bget(h, 0, 5, 8)]).toEqual([0, 0, 0]);
    });
  });

  describe.each([8, 4] as const)("direct blocks, words of %i bytes", (word) => {
    const q = word === 8 ? 16 : 8;

    test.each([
      [0, 0],
      [64, 0],
      [256, 3],
      [4096, 1],
    ])("alignment %i and an extra header of %i quanta", (align, quanta) => {
      const { h, held, guarded } = growing({ word, freeWipe: true });
      const extra = quanta * q;
      const buffer = bget(h, align, extra, 3000);
      expect((h.memory.base + buffer + extra) % Math.max(align, q)).toBe(0);
      expect(capacity(h, buffer)).toBeGreaterThanOrEqual(3000 + extra);
      const [region = { at: 0, length: 0 }] = held;
      expect(buffer).toBeGreaterThan(region.at);
      expect(buffer + capacity(h, buffer)).toBeLessThanOrEqual(region.at + region.length);
      expect(bstatse(h)).toMatchObject({ pools: 0, directGets: 1 });
      expect(bstats(h)).toMatchObject({ gets: 1 });

      h.memory.bytes.fill(0xff, buffer, buffer + capacity(h, buffer));
      let wiped: Uint8Array = new Uint8Array();
      const { release } = h.expansion;
      bectl(h, {
        ...h.expansion,
        release(at) {
          wiped = h.memory.bytes.slice(buffer, region.at + region.length);
          expect(guarded()).toBe(true);
          release?.(at);
        },
      });
      brel(h, buffer, false);
      expect(wiped.subarray(0, 3000 + extra).every((byte) => byte === 0x55)).toBe(true);
      expect(held).toEqual([]);
      expect(bstats(h)).toMatchObject({ allocated: 0, gets: 1, releases: 1 });
      expect(bstatse(h)).toMatchObject({ directReleases: 1 });
    });

    test("are zeroed and moved like others", () => {
      const { h, held } = growing({ word });
      const a = bgetz(h, 0, 0, 2000);
      expect(h.memory.bytes.subarray(a, a + capacity(h, a)).every((byte) => byte === 0)).toBe(true);
      h.memory.bytes.fill(7, a, a + 2000);
      const b = bgetr(h, a, 0, 0, 100);
      expect(h.memory.bytes.subarray(b, b + 100).every((byte) => byte === 7)).toBe(true);
      const c = bgetr(h, b, 0, 0, 4000);
      expect(h.memory.bytes.subarray(c, c + 100).every((byte) => byte === 7)).toBe(true);
      expect(h.memory.bytes.subarray(c + 112, c + 4000).every((byte) => byte === 0)).toBe(true);
      expect(held).toHaveLength(1);
    });

    test("are still known for what they are when expansion is switched off; then nobody can take them", () => {
      const { h } = growing({ word });
      const a = bget(h, 0, 0, 2000);
      bectl(h, { compact: null, acquire: null, release: null, increment: 0 });
      expect(() => brel(h, a, false)).toThrow(/nobody to release it to/);
      const b = growing({ word });
      const direct = bget(b.h, 0, 0, 2000);
      bectl(b.h, { compact: null, acquire: null, release: b.release, increment: 0 });
      brel(b.h, direct, false);
      expect(b.held).toEqual([]);
    });

    test("a direct header that leads out of the memory panics", () => {
      // The low two bytes of the size stay within it.
      for (let byte = 2; byte < 2 * word; byte++) {
        const { h } = growing({ word });
        const a = bget(h, 0, 0, 2000);
        const at = a - 4 * word + byte;
        h.memory.bytes[at] = (h.memory.bytes[at] as number) ^ 0x80;
        expect(() => brel(h, a, true), `byte ${byte}`).toThrow(HeapPanic);
      }
    });

    test("a block of size 0 without a direct one in use is a damaged block", () => {
      const { h } = growing({ word });
      const a = bget(h, 0, 0, 100);
      h.memory.bytes.fill(0, a, a + 100);
      expect(() => brel(h, a + 48, false)).toThrow(HeapPanic);
    });
  });

  const operation = fc.record({
    kind: fc.constantFrom("get", "zero", "move", "release", "wipe"),
    size: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 480 }) }, fc.integer({ min: 1, max: 3000 })),
    align: fc.constantFrom(0, 0, 8, 32, 128, 1024),
    extra: fc.nat(3),
    which: fc.nat(31),
  });

  describe.each([
    [8, "first", false],
    [8, "best", true],
    [4, "first", true],
    [4, "best", false],
  ] as const)("any operations: words of %i bytes, %s fit, wiping %s", (word, fit, freeWipe) => {
    test("nothing is leaked, released twice or overlapping, and the heap stays sound", () => {
      fc.assert(
        fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
          const { h, held, guarded } = growing({ word, fit, freeWipe });
          const live: { at: number; size: number; fill: number }[] = [];
          const { bytes } = h.memory;
          let count = 0;
          for (const { kind, size, align, extra, which } of operations) {
            const block = live[which % Math.max(1, live.length)];
            const keep = (at: number, length: number): void => {
              if (at === 0) return;
              const fill = ++count & 0x7f;
              expect(capacity(h, at)).toBeGreaterThanOrEqual(length);
              bytes.fill(fill, at, at + length);
              live.push({ at, size: length, fill });
            };
            const front = extra * h.geometry.quantum;
            if (kind === "get") keep(bget(h, align, front, size), size + front);
            else if (kind === "zero") keep(bgetz(h, align, front, size), size + front);
            else if (block) {
              const moved = kind === "move" ? bgetr(h, block.at, align, 0, size) : 0;
              if (kind === "move" && moved === 0) continue;
              live.splice(live.indexOf(block), 1);
              if (kind === "move") {
                const kept = bytes.subarray(moved, moved + Math.min(size, block.size));
                expect(kept.every((byte) => byte === block.fill)).toBe(true);
                keep(moved, size);
              } else brel(h, block.at, kind === "wipe");
            }
            for (const { at, size: length, fill } of live)
              expect(bytes.subarray(at, at + length).every((byte) => byte === fill)).toBe(true);
            expect(guarded()).toBe(true);
            const { pools, directGets, directReleases, poolGets, poolReleases } = bstatse(h);
            expect(held).toHaveLength(pools + directGets - directReleases);
            expect(pools).toBe(poolGets - poolReleases);
            const expansion = held.filter(({ at }) => isPool(h, at)).map(({ at }) => ({ at, length: INCREMENT }));
            expect(expansion).toHaveLength(pools);
            expect(checkHeap(h, expansion)).toEqual([]);
          }
          for (const { at } of live) brel(h, at, false);
          expect(held).toEqual([]);
          expect(bstats(h)).toMatchObject({ allocated: 0, free: 0 });
          expect(bytes.every((byte) => byte === 0)).toBe(true);
        }),
        { numRuns: 60 },
      );
    });
  });

  /** True for a pool that is held: all direct blocks of these tests are of another length. */
  function isPool(h: Heap, at: number): boolean {
    const { view, wide } = h.memory;
    const end = at + INCREMENT - h.geometry.header;
    return wide ? view.getBigInt64(end + 8, true) === -(2n ** 63n) : view.getInt32(end + 4, true) === -(2 ** 31);
  }
});
