// Reads of client memory: two lines that read a byte are a finding, once; a loop does not cost a call stack each time.
import { expect, test } from "vitest";
import { createSharedReads } from "./shared_reads.ts";

type Here = Parameters<ReturnType<typeof createSharedReads>["read"]>[2];

const at =
  (line: number): Here =>
  () =>
  () =>
    ({ stack: `ta/x.c:${line}\tf` }) as ReturnType<ReturnType<Here>>;

test("a byte that two lines read is found once, one that a line reads twice is not", () => {
  const reads = createSharedReads();
  expect(reads.read(100, 4, at(1))).toBeNull();
  expect(reads.read(100, 4, at(1))).toBeNull();
  expect(reads.read(102, 4, at(2))).toMatchObject({ from: 102 });
  expect(reads.read(102, 4, at(2))).toBeNull();
});

test("what the TA wrote itself is its own, and the next call begins anew", () => {
  const reads = createSharedReads();
  reads.read(100, 8, at(1));
  reads.written(100, 4);
  expect(reads.read(100, 4, at(2))).toBeNull();
  expect(reads.read(104, 4, at(3))).not.toBeNull();
  reads.clear();
  expect(reads.read(104, 4, at(4))).toBeNull();
});

test("a loop that goes on over bytes asks once", () => {
  const reads = createSharedReads();
  let asked = 0;
  const here: Here = () => {
    asked++;
    return at(1)();
  };
  for (let n = 0; n < 1000; n++) expect(reads.read(100 + n, 1, here)).toBeNull();
  expect(asked).toBe(1);
});

test("a loop without an end asks for its line some thousand times, not each time", () => {
  const reads = createSharedReads();
  let asked = 0;
  const place: Here = () => {
    asked++;
    return at(1)();
  };
  for (let n = 0; n < 100_000; n++) reads.read(100, 1, place);
  expect(asked).toBeLessThan(5000);
});
