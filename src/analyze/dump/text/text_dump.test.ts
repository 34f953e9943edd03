// Tests of text_dump.ts: one heap of 4 KiB at 0xe1c6400, printed by the tools themselves, and by what has no tool here.
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readTextDump, type TextDump } from "./text_dump.ts";

const FOLDER = new URL("../../../../test/fixtures/dumps/printed/", import.meta.url);
const unpacked = (name: string): Buffer => gunzipSync(readFileSync(new URL(name, FOLDER)));
const heap = new Uint8Array(unpacked("heap.bin.gz"));
const BASE = 0xe1c6400;
const printed = readdirSync(FOLDER).filter((name) => name.endsWith(".txt.gz"));

function dump(text: string, order?: "memory" | "board"): TextDump {
  const found = readTextDump(new TextEncoder().encode(text), order);
  if (found === null) throw new Error("no dump");
  return found;
}

/** Short where a test fails. */
const same = (bytes: Uint8Array | undefined): boolean => Buffer.from(heap).equals(bytes ?? new Uint8Array());

const hex = (value: number | bigint, digits: number): string => value.toString(16).padStart(digits, "0");
const show = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");

/** Rows of 16 bytes with their addresses. */
function rows(line: (address: number, row: Uint8Array) => string): string {
  const lines = Array.from({ length: heap.length / 16 }, (_, n) =>
    line(BASE + 16 * n, heap.subarray(16 * n, 16 * n + 16)),
  );
  return `${lines.join("\n")}\n`;
}

/** Groups of a row as little-endian numbers. */
function words(row: Uint8Array, width: number): string[] {
  return Array.from({ length: row.length / width }, (_, n) =>
    [...row.subarray(n * width, n * width + width)]
      .reverse()
      .map((byte) => hex(byte, 2))
      .join(""),
  );
}

const md = (width: number): string =>
  rows((at, row) => `${hex(at, 8)}: ${words(row, width).join(" ")}    ${show(row)}`);
const dhexdump = rows((at, row) => {
  const bytes = words(row, 1);
  return `D/TC:? 0 dump_heap:1312 ${hex(at, 16)}  ${bytes.slice(0, 8).join(" ")}  ${bytes.slice(8).join(" ")} `;
});

describe("the memory that a text shows", () => {
  it("is there in many forms", () => expect(printed.length).toBeGreaterThanOrEqual(20));

  it.each(printed)("%s", (name) => {
    const { sections, doubts } = dump(unpacked(name).toString("latin1"));
    expect(doubts).toEqual([]);
    expect(sections.map(({ bytes, gaps }) => ({ bytes: new Uint8Array(bytes), gaps }))).toEqual([
      { bytes: heap, gaps: [] },
    ]);
    expect(sections[0]?.base).toBe(name.startsWith("gdb") || name.includes("-o-c32") ? BASE : 0);
  });

  it.each([
    ["md.b", md(1)],
    ["md.w", md(2)],
    ["md.l", md(4)],
    ["md.q", md(8)],
    ["DHEXDUMP", dhexdump],
    ["DHEXDUMP without addresses", dhexdump.replaceAll(/ [0-9a-f]{16} {2}/g, " ")],
    [
      "QEMU's xp",
      rows(
        (at, row) =>
          `${hex(at, 16)}: ${words(row, 4)
            .map((word) => `0x${word}`)
            .join(" ")}`,
      ),
    ],
    ["crash's rd", rows((at, row) => `${hex(at, 16)}:  ${words(row, 8).join(" ")}   ${show(row)}`)],
    ["OpenOCD's mdw", rows((at, row) => `0x${hex(at, 8)}: ${words(row, 4).join(" ")} `)],
  ])("%s", (_, text) => expect(same(dump(text).sections[0]?.bytes)).toBe(true));

  it.each([
    ["time stamps", "[2026-11-28 13:01:02.345] "],
    ["a kernel's clock", "[   12.345678] "],
    ["a console's words", "E/TC:0 1234 "],
    ["a quote", "> "],
    ["syslog", "Nov 28 13:01:02 board 4096 tee[123]: "],
    ["tabs", "\t\t"],
  ])("behind %s", (_, prefix) => {
    for (const text of [
      md(1),
      dhexdump,
      unpacked("hexdump-C.txt.gz").toString("latin1"),
      unpacked("xxd.txt.gz").toString("latin1"),
    ])
      expect(same(dump(text.replaceAll(/^(?=.)/gm, prefix)).sections[0]?.bytes)).toBe(true);
  });

  it("with blanks squeezed to one, and returns at the ends of lines", () => {
    for (const text of [md(4), dhexdump, unpacked("xxd.txt.gz").toString("latin1")])
      expect(same(dump(text.replaceAll(/ +/g, " ").replaceAll("\n", "\r\n")).sections[0]?.bytes)).toBe(true);
  });

  it("among other lines", () => {
    const text = md(1)
      .split("\n")
      .flatMap((line, n) => (n % 3 === 0 ? [line, "I/TC: all is well at 0x12345678 0x11223344"] : [line]));
    expect(same(dump(text.join("\n")).sections[0]?.bytes)).toBe(true);
  });
});

describe("what is missing or contradicts is said", () => {
  const lines = md(4).split("\n");

  it("a line that is missing", () => {
    const { sections } = dump(lines.toSpliced(20, 1).join("\n"));
    expect(sections).toHaveLength(1);
    expect(sections[0]?.gaps).toEqual([{ at: 320, length: 16 }]);
    expect(sections[0]?.bytes.subarray(336)).toEqual(heap.subarray(336));
  });

  it("a line that was cut", () => {
    const { sections } = dump(lines.with(20, (lines[20] ?? "").slice(0, 28)).join("\n"));
    expect(sections[0]?.gaps).toEqual([{ at: 328, length: 8 }]);
  });

  it("a line that is given twice, in two ways", () => {
    const other = (lines[20] ?? "").replace(/: \w{8}/, ": 12345678");
    const { sections, doubts } = dump(lines.toSpliced(21, 0, other).join("\n"));
    expect(doubts).toEqual(["line 22 gives other bytes for 0xe1c6540 than line 21, which counts"]);
    expect(same(sections[0]?.bytes)).toBe(true);
  });

  it("a line from elsewhere", () => {
    const { sections, doubts } = dump(
      lines.toSpliced(21, 0, "00400000: 11111111 22222222 33333333 44444444    ....").join("\n"),
    );
    expect(doubts).toEqual(["line 22 fits nowhere and was left out"]);
    expect(same(sections[0]?.bytes)).toBe(true);
  });

  it("two parts far from each other, and the same part twice", () => {
    const text = `${lines.slice(0, 100).join("\n")}\n${lines.slice(0, 100).join("\n")}\n40000000: 11111111 2222\n40000008: 11111111 2222\n`;
    expect(dump(text).sections.map(({ base, bytes }) => [base, bytes.length])).toEqual([
      [BASE, 1600],
      [0x40000000, 14],
    ]);
  });

  it("the same memory at two times", () => {
    const later = lines.with(3, (lines[3] ?? "").replace(/: \w{8}/, ": 12345678"));
    const { sections, doubts } = dump(`${lines.join("\n")}\n${later.join("\n")}`);
    expect(sections).toHaveLength(2);
    expect(doubts).toEqual(["the text gives 0xe1c6400 twice, with different bytes; each is read for itself"]);
  });

  it("squeezed lines without an end are missing", () => {
    const text = "00000000: 11111111 22222222 33333333 44444444\n00000010: 11111111 22222222 33333333 44444444\n*\n";
    expect(dump(text).sections[0]?.bytes).toHaveLength(32);
  });
});

describe("text that shows no memory", () => {
  it.each([
    ["prose", "The quick brown fox\njumps over 0xdeadbeef dogs\n"],
    ["statistics", "Pool:                Heap\nBytes allocated:                       26000\nSize of pool:   203024\n"],
    ["a leak list", "I/TC: buffer: 24 bytes core/mm/tee_mm.c:20\nI/TC: buffer: 48 bytes core/mm/tee_mm.c:20\n"],
    [
      "registers",
      "E/TC:0 0  x0  0000000000000000 x1  0000000000000020\nE/TC:0 0  x2  0000000000000000 x3  0000000000000020\n",
    ],
    ["a memory map", "E/LD:  region  0: va 0xc0004000 pa 0x0e300000 size 0x1000 flags r-xs\n".repeat(3)],
    ["a call stack", "E/TC:0 0  0x0e104a40\nE/TC:0 0  0x0e106f38\n"],
    ["columns of numbers", "1000 2000 3000\n1001 2001 3001\n1002 2002 3002\n"],
    ["nothing", ""],
  ])("%s", (_, text) => expect(readTextDump(new TextEncoder().encode(text))).toBeNull());
});
