// Tests of console_log.ts.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { needShared } from "../../test/support/needs.ts";
import { createConsoleReader, readConsoleLog } from "./console_log.ts";
import { parseLeaks, printLeak } from "./leaks.ts";

const FIXTURES = new URL("../../test/fixtures/xtest/4.0.0/", import.meta.url);
const FULL = "reference/optee-4.0.0/stats-mdbg/32-xtest-full.secure.log.gz";

function fixture(name: string): string {
  return gunzipSync(readFileSync(fileURLToPath(new URL(name, FIXTURES)))).toString("latin1");
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

function read(...lines: string[]) {
  return readConsoleLog(bytesOf(`${lines.join("\n")}\n`));
}

/** Blocks and bytes by place. */
function table(lists: ReturnType<typeof readConsoleLog>["lists"]) {
  const all: Record<string, [number, number]> = {};
  for (const { sites } of lists)
    for (const { site, blocks, bytes } of sites) {
      const row = all[site];
      all[site] = [(row?.[0] ?? 0) + blocks, (row?.[1] ?? 0) + bytes];
    }
  return all;
}

const before = fixture("31-before-memleak.secure.log.gz");
const after = fixture("36-after-memleak.secure.log.gz");

describe("captured lists", () => {
  it("agree with the reader of whole lines", () => {
    const log = readConsoleLog(bytesOf(after));
    const leaks = parseLeaks(after).leaks;
    expect(log).toMatchObject({ damaged: 0, lost: 0 });
    expect(log.lists).toHaveLength(1);
    expect(log.lists[0]).toMatchObject({
      from: "TC",
      first: 2,
      last: 98,
      complete: true,
      blocks: leaks.length,
      bytes: leaks.reduce((sum, { size }) => sum + size, 0),
    });
    expect(log.lists[0]?.sites[0]).toEqual({
      site: "core/lib/libtomcrypt/hash.c:117",
      blocks: 33,
      bytes: 33 * 432,
      unsized: 0,
    });
  });

  it("are told apart by the table of pools that ends them", () => {
    const lines = (text: string): string =>
      text
        .split("\n")
        .filter((line) => line.includes("buffer: "))
        .join("\n");
    const log = read(lines(before), lines(after), lines(before));
    expect(log.lists.map(({ blocks, complete }) => [blocks, complete])).toEqual([
      [50, true],
      [97, true],
      [50, true],
    ]);
  });

  test("a run of all tests has none", (context) => {
    const bytes = gunzipSync(readFileSync(needShared(context, FULL)));
    expect(readConsoleLog(bytes)).toMatchObject({ lists: [], lost: 0 });
  });
});

describe("lists", () => {
  const leak = (size: number, line: number, from = "TC"): string =>
    printLeak({ size, file: "a.c", line }, from).trimEnd();

  it("of two senders are apart, and other lines may stand between", () => {
    const log = read(leak(8, 1), leak(16, 2, "TA"), "D/TC:? 1 do_notif:36 sleep thread 1 0x6e2152f8", leak(8, 3));
    expect(log.lists.map(({ from, blocks, bytes }) => [from, blocks, bytes])).toEqual([
      ["TC", 2, 16],
      ["TA", 1, 16],
    ]);
  });

  it.each([
    [
      "the statistics TA is closed",
      "D/TC:? 0 tee_ta_init_session_with_context:566 Re-open TA d96a5b40-e2c7-b1af-8794-1002a5d5c61b",
    ],
    ["OP-TEE boots", "I/TC: OP-TEE version: 4.0.0 (gcc version 12.2.0) #1"],
    ["64 other lines came", Array.from({ length: 64 }, () => "D/TC:? 0 x").join("\n")],
  ])("end when %s", (_what, line) => {
    expect(read(leak(8, 1), line, leak(8, 1)).lists).toHaveLength(2);
  });

  it("end at a text of the user's choice", () => {
    const bytes = bytesOf([leak(8, 1), "== run 2 ==", leak(8, 1)].join("\n"));
    expect(readConsoleLog(bytes).lists).toHaveLength(1);
    expect(readConsoleLog(bytes, { split: "== run" }).lists).toHaveLength(2);
  });
});

describe("forms of lines", () => {
  it.each([
    ["*I/TC: buffer: 24 bytes core/mm/tee_mm.c:20", "TC"],
    ["I/TA:  buffer: 24 bytes core/mm/tee_mm.c:20", "TA"],
    ["[12:00:01.123] I/TC: buffer: 24 bytes core/mm/tee_mm.c:20", "TC"],
    ["I/TC:0 1 buffer: 24 bytes core/mm/tee_mm.c:20", "TC"],
    ["5,3630,154367403,-;[TEE] I/TC:3 00 gen_mdbg_check:639 buffer: 24 bytes core/mm/tee_mm.c:20", "TC"],
    ["ERR TEE-CORE:mdbg_check:720: Orphaned buffer: 24 bytes core/mm/tee_mm.c:20", "TC"],
  ])("%s", (line, from) => {
    const log = read(line);
    expect(log.lists.map((list) => [list.from, list.damaged, list.lost])).toEqual([[from, 0, 0]]);
    expect(table(log.lists)).toEqual({ "core/mm/tee_mm.c:20": [1, 24] });
  });

  it.each([
    "Encrypted buffer: 33 da 51",
    "I/TA: my buffer: 24 bytes used",
    "I/TA: buffer: full",
    "D/TC:? 0 copied 24 bytes to core.c:33",
  ])("is none: %s", (line) => {
    expect(read(line)).toMatchObject({ lists: [], damaged: 0, lost: 0 });
  });
});

describe("damage", () => {
  const whole = Array.from({ length: 9 }, () => "I/TC: buffer: 432 bytes core/lib/libtomcrypt/hash.c:117");
  it.each([
    ["in the fixed words", "I/TC: bu#fer: 432 by?es core/lib/libtomcrypt/hash.c:117", 10, 4320],
    ["in the prefix", "I/T;: buffer: 432 bytes core/lib/libtomcrypt/hash.c:117", 10, 4320],
    ["in the place", "I/TC: buffer: 432 bytes core/l\xffb/libtomcrypt/hash.c:117", 10, 4320],
    ["a lost byte in the place", "I/TC: buffer: 432 bytes core/libtomcrypt/hash.c:11\x00", 9, 3888],
    ["a digit of a size that all others have", "I/TC: buffer: 4\x802 bytes core/lib/libtomcrypt/hash.c:117", 10, 4320],
    ["a lost newline", `${whole[0]}?${whole[0]}`, 11, 4752],
  ])("%s", (_what, line, blocks, bytes) => {
    const log = read(...whole, line);
    expect(table(log.lists)).toEqual({ "core/lib/libtomcrypt/hash.c:117": [blocks, bytes] });
    expect(log.damaged).toBeGreaterThan(0);
  });

  it("that leaves the size, but not the place", () => {
    const log = read(...whole, "I/TC: buffer: 24 bytes core/mm/te");
    expect(log.lists[0]).toMatchObject({ blocks: 10, unplaced: { blocks: 1, bytes: 24 }, damaged: 1, lost: 0 });
  });

  it("that leaves the place, but not the size", () => {
    const log = read("I/TC: buffer: 2\x91 bytes core/mm/vm.c:307", "I/TC: buffer: 56 bytes core/mm/vm.c:307");
    expect(log.lists[0]?.sites).toEqual([{ site: "core/mm/vm.c:307", blocks: 2, bytes: 56 + 25, unsized: 1 }]);
  });

  it("that leaves too little is counted as lost", () => {
    expect(read(...whole, "I/TC: buffer: 24 by")).toMatchObject({ lost: 1 });
  });

  it("makes no place of a clean log another one", () => {
    const log = read(...whole, ...whole, "I/TC: buffer: 432 bytes core/lib/libtomcrypt/hash.c:118");
    expect(Object.keys(table(log.lists))).toHaveLength(2);
  });
});

test("the bytes may come in any pieces", () => {
  const log = bytesOf(`${before.replaceAll("\n", "\r\n")}${after.slice(0, 900)}I/TC: bu\xffer: 3 bytes a.c:1`);
  const expected = readConsoleLog(log);
  for (let at = 0; at <= log.length; at++) {
    const reader = createConsoleReader();
    reader.push(log.subarray(0, at));
    reader.push(log.subarray(at));
    expect(reader.end()).toEqual(expected);
  }
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 })), (sizes) => {
      const reader = createConsoleReader();
      let at = 0;
      for (const size of sizes) {
        reader.push(log.slice(at, at + size));
        at += size;
      }
      reader.push(log.slice(at));
      expect(reader.end()).toEqual(expected);
    }),
  );
});

test("a log may come line by line, from a place in larger bytes, with numbers that leave some out", () => {
  const reader = createConsoleReader();
  const lines = ["D/TC:? 0 x", "I/TC: buffer: 8 bytes a.c:1", "I/TC: buffer: 16 bytes b.c:2"];
  for (const [i, line] of lines.entries()) reader.takeLine(bytesOf(`##${line}##`), 2, 2 + line.length, 10 * (i + 1));
  expect(reader.lists).toBe(1);
  expect(reader.end()).toMatchObject({ lines: 30, lists: [{ first: 20, last: 30, blocks: 2, bytes: 24 }] });
});

test("damage makes no blocks", () => {
  const text = bytesOf(after);
  const blocks = readConsoleLog(text).lists[0]?.blocks ?? 0;
  const hits = fc.array(fc.tuple(fc.nat(text.length - 1), fc.nat(255)), { maxLength: 200 });
  fc.assert(
    fc.property(hits, fc.array(fc.nat(text.length - 1), { maxLength: 50 }), (destroyed, dropped) => {
      const bytes = Uint8Array.from(text);
      for (const [at, value] of destroyed) bytes[at] = value;
      const gone = new Set(dropped);
      const { lists } = readConsoleLog(bytes.filter((_, at) => !gone.has(at)));
      expect(lists.reduce((sum, list) => sum + list.blocks, 0)).toBeLessThanOrEqual(blocks);
    }),
  );
});

test("never fails", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(readConsoleLog(bytes).lists.every(({ blocks }) => blocks >= 0)).toBe(true);
    }),
  );
});

test("of a million lines with 1 % of the bytes destroyed, the totals miss less than the lost lines", () => {
  const lines = after.split("\n").filter((line) => line.includes("buffer: "));
  const LINES = 1_000_000;
  const text = bytesOf(`${lines.join("\r\n")}\r\n`);
  const rounds = Math.ceil(LINES / lines.length);
  const log = new Uint8Array(rounds * text.length);
  for (let i = 0; i < rounds; i++) log.set(text, i * text.length);
  let seed = 20261123;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let at = 0; at < log.length; at++) if (random() < 0.01) log[at] = random() * 256;
  const read = readConsoleLog(log, { most: 2 ** 15 });
  const sum = (of: (list: (typeof read.lists)[number]) => number): number =>
    read.lists.reduce((all, list) => all + of(list), 0);
  const truth = table(readConsoleLog(text).lists);
  const expected = {
    blocks: rounds * lines.length,
    bytes: rounds * parseLeaks(after).leaks.reduce((all, { size }) => all + size, 0),
  };
  // A line is lost to a total where it did not count at all, or without its size.
  const unsized = sum(({ sites }) => sites.reduce((all, site) => all + site.unsized, 0));
  const unplaced = sum((list) => list.unplaced.blocks);
  const lost = read.lost + unsized + unplaced;
  const mean = expected.bytes / expected.blocks;
  expect(lost).toBeLessThan(0.02 * expected.blocks);
  expect(Math.abs(expected.blocks - sum(({ blocks }) => blocks))).toBeLessThan(lost);
  expect(Math.abs(expected.bytes - sum(({ bytes }) => bytes))).toBeLessThan(lost * mean);
  const found = table(read.lists);
  for (const [site, [blocks, bytes]] of Object.entries(truth)) {
    expect(Math.abs((found[site]?.[0] ?? 0) - rounds * blocks)).toBeLessThan(lost);
    expect(Math.abs((found[site]?.[1] ?? 0) - rounds * bytes)).toBeLessThan(lost * mean);
  }
  const invented = Object.entries(found).filter(([site]) => truth[site] === undefined);
  expect(invented.reduce((all, [, [blocks]]) => all + blocks, 0)).toBeLessThan(0.001 * expected.blocks);
});

describe("a heap with several pools, whose table was allocated anew behind older blocks", () => {
  // As an OP-TEE 4.10.0 with three pools printed it.
  const text = gunzipSync(readFileSync(new URL("../../test/fixtures/qemu/sid-all-4.10.0.memleak.gz", import.meta.url)));
  const lines = text.toString("latin1").trimEnd().split("\n");

  it("has one list to its last line, whatever follows it", () => {
    for (const rest of [[], ["D/TC:? 0 tee_ta_close_session:513 id 2", "I/TC: buffer: 24 bytes core/x.c:1"]]) {
      const { lists } = read(...lines, ...rest);
      expect(lists[0]).toMatchObject({ blocks: lines.length, complete: true, broken: false });
      expect(lists).toHaveLength(rest.length === 0 ? 1 : 2);
    }
  });

  it("has as many lists as there were, with nothing between them, too", () => {
    const { lists } = read(...lines, ...lines, ...lines);
    expect(lists.map(({ blocks, complete }) => [blocks, complete])).toEqual(Array(3).fill([lines.length, true]));
  });
});
