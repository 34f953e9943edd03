// Tests of request_room.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { fragmentationPercent } from "../abi/fragmentation.ts";
import { emptyRecord } from "../abi/record.ts";
import { freeSquareSum } from "../heap/bstats.ts";
import { addPool } from "../malloc/add_pool.ts";
import { createContext } from "../malloc/context.ts";
import { free, malloc } from "../malloc/malloc.ts";
import { heapState } from "./report/heap_state.ts";
import { requestRoom, roomSentence } from "./request_room.ts";

const pool = (more: object) => ({ ...emptyRecord("Heap"), size: 203072, allocated: 22704, ...more });

test("7 % of 180,368 free bytes, as a 4.10.0 printed them", () => {
  expect(requestRoom(pool({ fragmentation: 7 }))).toEqual({ fits: 165928, most: 174873 });
  expect(roomSentence(pool({ fragmentation: 7 }))).toMatch(
    /^Fragmentation 7 %, 180,368 bytes free: a request of 165,928 bytes fits, one of more than 174,873 does not;/,
  );
});

test.each([
  ["before 4.6", {}],
  ["a pool that keeps no figure", { free2Sum: 0n }],
  ["a full pool", { allocated: 203072, fragmentation: 7 }],
  ["a pool that this build does not have", { size: 0, allocated: 0, fragmentation: 7 }],
])("nothing is said of %s", (_, more) => {
  expect(requestRoom(pool(more))).toBeUndefined();
  expect(roomSentence(pool(more))).toBe("");
});

test("100 % promises nothing", () => expect(requestRoom(pool({ fragmentation: 100 }))?.fits).toBe(0));

test("the largest request that fits lies between, for any heap, word and fit", () => {
  const steps = fc.array(fc.record({ take: fc.boolean(), size: fc.integer({ min: 0, max: 3000 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.constantFrom(4 as const, 8 as const), fc.constantFrom("first", "best"), (list, word, fit) => {
      const ctx = createContext(new Uint8Array(16384), { word, fit: fit as "first", leakHeaders: false });
      addPool(ctx, 0, 16384);
      const blocks: number[] = [];
      for (const { take, size } of list) {
        const at = take ? malloc(ctx, size) : 0;
        if (at !== 0) blocks.push(at);
        else if (!take && blocks.length > 0) free(ctx, blocks.splice(size % blocks.length, 1)[0] as number);
      }
      const { allocated, largestRequest } = heapState(ctx);
      const stats = { ...emptyRecord("Heap"), size: ctx.size, allocated, free2Sum: freeSquareSum(ctx.heap) };
      const fragmentation = fragmentationPercent(stats);
      const { free2Sum: _, ...printed } = stats;
      const known = fragmentation === undefined ? stats : { ...printed, fragmentation };
      for (const room of [requestRoom(stats), requestRoom(known)]) {
        if (room === undefined) continue;
        expect(room.fits).toBeLessThanOrEqual(largestRequest);
        expect(room.most).toBeGreaterThanOrEqual(largestRequest);
      }
    }),
  );
});
