// Tests of lost_blocks.ts and shared_reads.ts.
import { describe, expect, test } from "vitest";
import type { CheckedBlock } from "./heap_blocks.ts";
import { lostBlocks } from "./lost_blocks.ts";
import { createSharedReads } from "./shared_reads.ts";

const block = (at: number, size: number): CheckedBlock => ({
  at,
  size,
  allocated: () => "",
  freed: null,
  number: at,
  session: 1,
  entry: "invoke",
  command: 0,
  call: 1,
});

describe.each([4, 8] as const)("with pointers of %i bytes", (word) => {
  test("a block is lost to which neither a variable nor a block that can be reached points", () => {
    const buffer = new ArrayBuffer(4096);
    const words = new Uint32Array(buffer);
    const [kept, inner, end, lost, cycle, other] = [1024, 1088, 1152, 1216, 1280, 1344].map((at) => block(at, 32));
    const all = [kept, inner, end, lost, cycle, other] as CheckedBlock[];
    const point = (from: number, to: number): void => {
      words[from / 4] = to;
    };
    point(64, 1024);
    point(1024 + 8, 1088 + 24);
    // Beside a block is not in it.
    point(72, 1152 + 32);
    point(1280, 1344);
    point(1344, 1280);
    // A number with more than 32 bits is no pointer of 64 bits.
    point(80, 1152);
    if (word === 8) words[21] = 1;
    const found = lostBlocks(all, { word, buffer, spans: [{ from: 0, to: 512 }] });
    expect(found.map(({ at }) => at)).toEqual(word === 8 ? [1152, 1216, 1280, 1344] : [1216, 1280, 1344]);
  });
});

describe("client memory", () => {
  const place = (line: string) => () => () => ({ stack: `ta.c:${line}\tf`, through: "", own: true });

  test("that two lines read is told once, with both", () => {
    const reads = createSharedReads();
    expect(reads.read(100, 4, place("1"))).toBeNull();
    expect(reads.read(102, 8, place("2"))).toMatchObject({
      first: { stack: "ta.c:1\tf" },
      second: { stack: "ta.c:2\tf" },
      from: 102,
    });
    expect(reads.read(100, 1, place("3"))).toBeNull();
  });

  test("may be read again by the same line, after a write of the TA, and in the next call", () => {
    const reads = createSharedReads();
    reads.read(0, 4, place("1"));
    expect(reads.read(0, 4, place("1"))).toBeNull();
    reads.written(0, 4);
    expect(reads.read(0, 4, place("2"))).toBeNull();
    reads.clear();
    expect(reads.read(0, 4, place("3"))).toBeNull();
  });

  test("that a loop reads is one read; other sizes begin another", () => {
    const reads = createSharedReads();
    for (let at = 0; at < 64; at++) reads.read(at, 1, place("5"));
    reads.read(64, 16, place("6"));
    expect(reads.read(70, 2, place("7"))).toMatchObject({ first: { stack: "ta.c:6\tf" } });
    expect(reads.read(10, 1, place("8"))).toMatchObject({ first: { stack: "ta.c:5\tf" } });
  });
});
