// Tests of sampler.ts and of what is told of it, on the memory of a real board in which our own allocator goes on.
import fc from "fast-check";
import { expect, test } from "vitest";
import { liveHeap } from "../../../test/support/live_heap.ts";
import { reportImageHeap } from "../../analyze/dump/image.ts";
import type { TeeEvent } from "../../tee/monitor/event.ts";
import { createHeapNarrator } from "./narrator.ts";
import { createSampler } from "./sampler.ts";
import type { CoreHeap } from "./secure_world.ts";
import { createHeapReader } from "./steady.ts";

/** A board's heap, and somebody who looks at it. */
function board() {
  const heap = liveHeap();
  const image = Uint8Array.from(heap.memory);
  const seen = heap.seenIn(image);
  const read = (offset: number, into: Uint8Array): boolean => {
    into.set(heap.memory.subarray(offset, offset + into.length));
    return true;
  };
  const core: CoreHeap = { heap: seen, spot: heap.spot, reader: createHeapReader(read, heap.spot) };
  const sampler = createSampler(core, image, true);
  if (sampler === null) throw new Error("it does not rest");
  let sequence = 0;
  const narrator = createHeapNarrator(seen, reportImageHeap(seen, {}));
  const known = narrator.beginning(sampler, 0);
  return {
    ...heap,
    sampler,
    known,
    /** What a look tells. */
    look(): { readonly events: TeeEvent[]; readonly missed: number; readonly together: boolean } | string {
      const look = sampler.look();
      if (typeof look === "string") return look;
      return { events: narrator.told(look, () => ++sequence), missed: look.missed, together: look.together };
    },
  };
}

test("begins with the blocks that are there, with their call sites, and all pools", () => {
  const [known, ...pools] = board().known;
  if (known?.kind !== "known") throw new Error("not known");
  expect([known.blocks.length, known.stats.allocated, known.stats.maxAllocated]).toEqual([193, 42_960, 47_024]);
  expect(known.blocks.filter(({ site }) => site === "core/lib/libtomcrypt/hash.c:117")).toHaveLength(33);
  expect(known.base).toBe(0xccf50730);
  expect(pools.map((pool) => pool.kind === "heap" && [pool.op, pool.size])).toEqual([
    ["P", 320],
    ["P", 3840],
  ]);
});

test("one operation between two looks is that operation", () => {
  const { malloc: ask, free: release, look } = board();
  expect(look()).toBe("same");
  const pointer = ask(100);
  const first = look();
  expect(first).toMatchObject({
    missed: 0,
    together: false,
    events: [{ op: "M", size: 100, file: null, sequence: 1 }],
  });
  const [event] = typeof first === "string" ? [] : first.events;
  if (event?.kind !== "heap") throw new Error("no operation");
  expect(event.allocated).toBe(42_960 + 160);
  release(pointer);
  expect(look()).toMatchObject({
    missed: 0,
    events: [{ op: "F", pointer: event.result, result: 0, allocated: 42_960, sequence: 2 }],
  });
  expect(look()).toBe("same");
});

test("what came and went between two looks is counted", () => {
  const { malloc: ask, free: release, look } = board();
  release(ask(100));
  expect(look()).toMatchObject({ events: [], missed: 2 });
  const kept = ask(64);
  release(ask(5000));
  release(ask(5000));
  expect(look()).toMatchObject({ events: [{ op: "M", size: 64 }], missed: 4, together: false });
  ask(32);
  release(kept);
  expect(look()).toMatchObject({ events: [{ op: "F" }, { op: "M", size: 32 }], missed: 0, together: true });
});

test("another block at the same place with the same bytes is seen by what its leak header says", () => {
  const { malloc: ask, free: release, look } = board();
  const pointer = ask(100);
  look();
  release(pointer);
  expect(ask(99)).toBe(pointer);
  expect(look()).toMatchObject({ events: [{ op: "F" }, { op: "M", size: 99 }], missed: 0 });
});

test("a request that failed is told where the counters keep its size: it is the largest so far", () => {
  const { malloc: ask, refuse, look, sampler } = board();
  const largest = sampler.state.counters.biggestFailure;
  refuse(largest + 5);
  expect(look()).toMatchObject({
    missed: 0,
    events: [{ op: "M", size: largest + 5, result: 0, file: null, allocated: 42_960 }],
  });
  refuse(largest);
  expect(look()).toMatchObject({ missed: 0, events: [] });
  expect(sampler.state.counters.failures).toBe(3);
  ask(100);
  refuse(largest + 6);
  expect(look()).toMatchObject({
    events: [
      { size: largest + 6, result: 0 },
      { size: 100, allocated: 43_120 },
    ],
  });
  expect(look()).toBe("same");
});

test("nothing is read while the lock is held", () => {
  const { malloc: ask, lock, look } = board();
  ask(100);
  lock(1);
  expect(look()).toBe("same");
  lock(0);
  expect(look()).toMatchObject({ events: [{ op: "M" }], missed: 0 });
});

test("all operations are seen or counted, and the blocks are right at every look", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(3000), fc.boolean()), { maxLength: 40 }), (steps) => {
      const { malloc: ask, free: release, look, sampler, known } = board();
      const mine: number[] = [];
      const [first] = known;
      const live = new Set(first?.kind === "known" ? first.blocks.map(({ at }) => at) : []);
      let [happened, told] = [0, 0];
      for (const [kind, size, looks] of steps) {
        if (kind > 0 || mine.length === 0) mine.push(ask(size + 1));
        else release(mine.splice(size % mine.length, 1)[0] ?? 0);
        happened++;
        if (!looks) continue;
        const seen = look();
        if (typeof seen === "string") throw new Error(seen);
        told += seen.events.length + seen.missed;
        for (const event of seen.events) {
          if (event.kind !== "heap") continue;
          if (event.op === "F") expect(live.delete(event.pointer)).toBe(true);
          else live.add(event.result);
        }
        expect(told).toBe(happened);
        expect(live.size).toBe(sampler.blocks.at.length);
        expect(seen.events.at(-1) ?? { allocated: sampler.blocks.bytes }).toMatchObject({
          allocated: sampler.blocks.bytes,
        });
      }
    }),
    { numRuns: 30 },
  );
});
