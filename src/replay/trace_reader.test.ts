// Tests of trace_reader.ts and last_line.ts: pieces of any length, and files that were cut off.
import { describe, expect, test } from "vitest";
import { memoryStore } from "./byte_store.ts";
import { parseRecordedTrace } from "./recorded_trace.ts";
import type { RecordedTrace } from "./trace_columns.ts";
import { createTraceReader } from "./trace_reader.ts";

const HEAD = [
  "# OP-TEE 4.0.0 heap event trace, context ta-1234",
  "#inst\tt_us\top\tptr\tsize\targ\tret\talloc\ttid\tfunc\tloc",
];
const ROWS = [
  "1\t100\tP\t40010000\t4096\t0\t0\t0\t-\tadd_pool\tm.c:1",
  "1\t101\tR\t0\t16\t0\t40010fe0\t32\t-\tadd_pool\tm.c:1",
  "# mark begin boot",
  "2\t103\tP\t40010000\t4096\t0\t0\t0\t-\tadd_pool\tm.c:1",
  "",
  "1\t102\tC\t0\t24\t3\t40010fb0\t80\t-\topen\tta/a.c:12",
  "1\t105\tF\t40010fb0\t0\t0\t0\t32\t-\tclose\tta/a.c:207",
  "1\t106\tM\t0\t24\t0\t40010fb0\t80\t-\topen\tta/a.c:12",
];
const LAST = [
  "# mark begin two (xtest -t regression 2)",
  "1\t107\tW\t40010fb0\t0\t0\t0\t32\t-\tclose\tta/a.c:207",
  "1\t108\tM\t0\t24\t0\t40010fb0\t80\t-\tgrow\tta/b.c:31",
];
const bytesOf = (lines: readonly string[], end = "\n"): Uint8Array => new TextEncoder().encode(lines.join(end) + end);

function inPieces(...pieces: readonly Uint8Array[]): RecordedTrace | string {
  const reader = createTraceReader(memoryStore());
  for (const piece of pieces) {
    const problem = reader.add(piece);
    if (problem !== null) return problem;
  }
  const read = reader.finish();
  return read.ok ? read.value : read.error;
}

function whole(bytes: Uint8Array): RecordedTrace | string {
  const read = parseRecordedTrace(bytes);
  return read.ok ? read.value : read.error;
}

describe("a trace is the same in pieces", () => {
  test.each(["\n", "\r\n"])("cut in two anywhere, and byte by byte (line end %j)", (end) => {
    const bytes = bytesOf([...HEAD, ...ROWS, ...LAST], end);
    const expected = whole(bytes);
    expect(expected).toMatchObject({ length: 8, blocks: 4, marks: [{ name: "boot" }, { name: "two" }] });
    for (let at = 0; at <= bytes.length; at++)
      expect(inPieces(bytes.subarray(0, at), bytes.subarray(at))).toEqual(expected);
    expect(inPieces(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  test("a damaged line is named wherever the pieces end", () => {
    const bytes = bytesOf([...HEAD, ...ROWS, "1\t107\tW\t4001zzzz\t0\t0\t0\t32\t-\tclose\tta/a.c:207", ...LAST]);
    for (let at = 0; at <= bytes.length; at++)
      expect(inPieces(bytes.subarray(0, at), bytes.subarray(at))).toBe(
        "line 11: expected a hexadecimal address in column ptr, found '4001zzzz'",
      );
  });

  test("what has no line end for a megabyte is no trace", () => {
    const noise = new Uint8Array(2 ** 19).fill(65);
    expect(inPieces(bytesOf(HEAD), noise, noise, noise)).toBe("line 3: longer than 1048576 bytes");
    const comment = bytesOf([`# ${"a".repeat(2 ** 19)}`]);
    expect(inPieces(bytesOf(HEAD), comment, bytesOf(ROWS))).toMatchObject({ length: 6 });
  });
});

/** What was there of the last lines when `count` bytes of them are left, by the rules of docs/recording.md. */
function leftOf(text: string): { rows: number; marks: number; cut: boolean } {
  const parts = text.split("\n");
  const rest = parts.pop() ?? "";
  const rows = parts.filter((line) => /^\d/.test(line));
  const marks = parts.filter((line) => line.startsWith("# mark begin ")).length;
  const [columns, caller] = [rest.split("\t").length, rest.split("\t").slice(9).join("\t")];
  const known = columns === 11 && rows.some((row) => row.endsWith(`\t${caller}`));
  const named = columns === 11 && /:\d+$/.test(caller);
  return { rows: rows.length + (known || named ? 1 : 0), marks, cut: rest !== "" && rest !== "#" && !known };
}

describe("a trace that was cut off is read up to there, and says so", () => {
  const before = new TextDecoder().decode(bytesOf([...HEAD, ...ROWS]));
  const after = new TextDecoder().decode(bytesOf(LAST));

  test("at every byte of its last lines", () => {
    for (let at = 0; at <= after.length; at++) {
      const text = before + after.slice(0, at);
      const expected = leftOf(text);
      const read = inPieces(new TextEncoder().encode(text)) as RecordedTrace;
      const found = { rows: read.length, marks: read.marks.length, cut: read.cut === true };
      // A hash and a blank may begin a mark or any other comment.
      if (after.slice(0, at) === "#") expected.cut = true;
      expect([after.slice(0, at), found]).toEqual([after.slice(0, at), expected]);
    }
  });

  test("a comment that tells nothing, and a row whose caller was seen before, are whole", () => {
    expect(inPieces(bytesOf([...HEAD, ...ROWS]), new TextEncoder().encode("# the end"))).not.toHaveProperty("cut");
    const again = inPieces(bytesOf([...HEAD, ...ROWS]), new TextEncoder().encode(LAST[1]));
    expect(again).toMatchObject({ length: 7 });
    expect(again).not.toHaveProperty("cut");
  });

  test("a carriage return shows that a line is whole", () => {
    const read = inPieces(bytesOf([...HEAD, ...ROWS]), new TextEncoder().encode(`${LAST[2]?.slice(0, -2)}\r`));
    expect([read, (read as RecordedTrace).sites.at(-1)]).toEqual([
      expect.not.objectContaining({ cut: true }),
      { func: "grow", place: "ta/b.c:" },
    ]);
  });

  test.each([
    ["garbage", "expected 11 columns"],
    ["1\t107\tWX\t40", "expected 11 columns"],
    ["1\t107\tW\t40010fb0\t0\t0\t0\t32\t-\tclose\tta/a.c:207\tmore", "expected 11 columns"],
    ["1\t107\tW\t40010fb0\t0\t0\t0\t99999\t-\tclose\tta/a.c:207", "99999 bytes allocated"],
  ])("what cannot be the beginning of a line is damage: %j", (last, error) => {
    expect(inPieces(bytesOf([...HEAD, ...ROWS]), new TextEncoder().encode(last))).toContain(`line 11: ${error}`);
  });

  test("a reader that knows of more than it was given says so", () => {
    const reader = createTraceReader(memoryStore());
    reader.add(bytesOf([...HEAD, ...ROWS]));
    expect(reader.finish(true)).toMatchObject({ ok: true, value: { length: 6, cut: true } });
  });
});
