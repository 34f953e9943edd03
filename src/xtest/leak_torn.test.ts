// Lists in which other messages broke into leak lines, or of which lines are missing: the same figures, or "not sure".
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readConsoleLog } from "./console_log.ts";
import { printLeak } from "./leaks.ts";

const TABLE = "I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:935";
const CARD = "[  124.001234] mmc0: new high speed SDHC card";

function read(...lines: string[]) {
  return readConsoleLog(Buffer.from(`${lines.join("\n")}\n`, "latin1"));
}

/** Blocks whose place and size are known, and how many more there may be. */
function told({ lists }: ReturnType<typeof read>) {
  const sites = lists.flatMap((list) => list.sites.map(({ site, blocks, bytes }) => [site, blocks, bytes]));
  return { sites, unsure: lists.reduce((sum, list) => sum + list.lost + list.unplaced.blocks, 0) };
}

const ECB = "core/lib/libtomcrypt/ecb.c:109";
const both = [
  [ECB, 1, 800],
  ["lib/libutils/isoc/bget_malloc.c:935", 1, 16],
];

describe("a leak line into which another message broke", () => {
  it.each([
    ["in the file", `I/TC: buffer: 800 bytes cor${CARD}`, "e/lib/libtomcrypt/ecb.c:109"],
    ["in the size", `I/TC: buffer: 8${CARD}`, `00 bytes ${ECB}`],
    ["in the line number", `I/TC: buffer: 800 bytes core/lib/libtomcrypt/ecb.c:10${CARD}`, "9"],
    ["behind its last digit", `I/TC: buffer: 800 bytes ${ECB}${CARD}`, ""],
    ["behind buffer:", `I/TC: buffer:${CARD}`, ` 800 bytes ${ECB}`],
    ["in bytes", `I/TC: buffer: 800 by${CARD}`, `tes ${ECB}`],
    ["of another core", "I/TC: buffer: 800 bytes corD/TC:? 1 do_notif:36 sleep", "e/lib/libtomcrypt/ecb.c:109"],
    ["of TF-A", "I/TC: buffer: 800 bytes corNOTICE:  BL31: x", "e/lib/libtomcrypt/ecb.c:109"],
  ])("%s is put together", (_, head, tail) => {
    expect(told(read(head, tail, TABLE))).toEqual({ sites: both, unsure: 0 });
    // More lines of the kernel, before the rest comes.
    expect(told(read(head, CARD, CARD, tail, TABLE))).toEqual({ sites: both, unsure: 0 });
  });

  it.each([
    ["in the file", `I/TC: buffer: 800 bytes cor${CARD}`],
    ["in the size", `I/TC: buffer: 8${CARD}`],
    ["in the word buffer", `I/TC: buf${CARD}`],
    ["in the line number", `I/TC: buffer: 800 bytes core/lib/libtomcrypt/ecb.c:10${CARD}`],
    ["with no mark that tells where it begins", "I/TC: buffer: 800 bytes corusb disconnected"],
  ])("%s, without its rest, is not sure", (_, head) => {
    for (const lines of [
      [head, TABLE],
      [head, "I/TC: buffer: 8 bytes b.c:1", TABLE],
    ]) {
      const { sites, unsure } = told(read("I/TC: buffer: 8 bytes a.c:1", ...lines));
      expect(sites.filter(([site]) => String(site).includes("ecb") || String(site).includes("cor"))).toEqual([]);
      expect(unsure).toBe(1);
    }
  });

  it("at the very beginning of a list counts for it", () => {
    expect(told(read(`I/TC: buffer: 8${CARD}`, "I/TC: buffer: 8 bytes a.c:1", TABLE))).toMatchObject({ unsure: 1 });
    expect(told(read(`00 bytes ${ECB}`, "I/TC: buffer: 8 bytes a.c:1", TABLE))).toMatchObject({ unsure: 1 });
  });
});

test("a log that ends in a line number, with no newline, leaves its place open; the table of pools is known", () => {
  const cut = readConsoleLog(Buffer.from("I/TC: buffer: 8 bytes a.c:12\nI/TC: buffer: 8 bytes a.c:1"));
  expect(cut.lists).toMatchObject([{ complete: false, blocks: 2, unplaced: { blocks: 1, bytes: 8 } }]);
  const whole = readConsoleLog(Buffer.from(`I/TC: buffer: 8 bytes a.c:1\n${TABLE}`));
  expect(whole.lists).toMatchObject([{ complete: true, blocks: 2, unplaced: { blocks: 0 } }]);
});

/** What can happen to a log without changing what it says, or so that it is seen. */
const disguises: readonly ((text: string, at: number) => string)[] = [
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replaceAll(/^/gm, "[12:00:01.123] "),
  (text) => text.replaceAll(/^(?=I)/gm, "*"),
  (text) => text.replaceAll(" bytes ", "\tbytes\t"),
  (text) => text.replaceAll(/$/gm, " |"),
  (text, at) => `${text.slice(0, at)}${CARD}\n${text.slice(at)}`,
  (text, at) => text.replace(/\n/g, (end, n: number) => (n % 3 === at % 3 ? `\n${CARD}\n` : end)),
  (text, at) => text.slice(0, at),
];

test("a list in disguise gives its figures, or says that it is cut or not sure", () => {
  const blocks = fc.array(
    fc.record({
      size: fc.integer({ min: 1, max: 99999 }),
      file: fc.constantFrom("core/mm/mobj.c", "core/lib/libtomcrypt/hash.c", "core/tee/tee_svc.c"),
      line: fc.integer({ min: 10, max: 999 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(blocks, fc.constantFrom(...disguises), fc.nat(2000), (list, disguise, at) => {
      const plain = `${list.map((block) => printLeak(block)).join("")}${TABLE}\n`;
      const truth = read(plain).lists[0];
      const log = readConsoleLog(Buffer.from(disguise(plain, at % plain.length)));
      const unsure = told(log).unsure + log.lost;
      if (log.lists.length === 1 && log.lists[0]?.complete === true && unsure === 0) {
        expect(log.lists[0].sites).toEqual(truth?.sites);
        return;
      }
      const known = new Map(truth?.sites.map(({ site, blocks, bytes }) => [site, { blocks, bytes }]));
      for (const { site, blocks, bytes } of log.lists.flatMap(({ sites }) => sites)) {
        expect(known.get(site)?.blocks ?? 0).toBeGreaterThanOrEqual(blocks);
        expect(known.get(site)?.bytes ?? 0).toBeGreaterThanOrEqual(bytes);
      }
    }),
    { numRuns: 500 },
  );
});
