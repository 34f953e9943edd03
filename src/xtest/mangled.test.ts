// Tests of mangled.ts and line_counts.ts: lines that were changed are counted, and nothing of a plain text is.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createConsoleText } from "./console_text.ts";

function mangledIn(text: string) {
  const reader = createConsoleText({ onFound() {} });
  reader.push(Buffer.from(text, "latin1"));
  return reader.end().mangled;
}
const plain = (file: string): string =>
  readFileSync(new URL(`../../test/fixtures/text/${file}`, import.meta.url), "latin1");

function dumpOf(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  return Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => {
    const pairs = bytes
      .subarray(16 * i, 16 * i + 16)
      .toString("hex")
      .replaceAll(/(..)/g, "$1 ");
    return `${(16 * i).toString(16).padStart(8, "0")}  ${pairs} |${bytes.toString("latin1", 16 * i, 16 * i + 16).replaceAll("\n", ".")}|\n`;
  }).join("");
}

test.each(["torn-leaks.txt", "loop.txt", "ta.txt", "abort.txt", "core-oom.txt", "ta-poll.out"])("%s: none", (file) => {
  expect(mangledIn(plain(file))).toEqual({ count: 0, first: [] });
});

test("counts of uniq -c are told, line numbers are not", () => {
  const lines = plain("core-oom.txt").split("\n");
  const numbered = lines.map((line, i) => `${String(i + 1).padStart(6)} ${line}`).join("\n");
  const counted = lines.map((line, i) => `${String(i % 5 === 3 ? 7 : 1).padStart(7)} ${line}`).join("\n");
  expect(mangledIn(numbered).count).toBe(0);
  expect(mangledIn(counted).first[0]?.text).toContain("uniq -c");
});

test.each([
  ["a dump of a text", dumpOf(plain("core-oom.txt"))],
  ["a dump of one line", "00000000  45 2f 54 43 3a 30 20 30 20 61 62 63 64 3a 31 20  |E/TC:0 0 abcd:1 |\n"],
  ["a lost sign", "E/T:0 0 alloc_core:12 out of memory\n"],
  ["a soft end", `${"Some words of a test that say what failed ".repeat(2).trim()}=\n`],
  ["other case", "e/tc:0 0 alloc_core:12 out of memory\n"],
  ["capitals", "E/TC:0 0 ALLOC_CORE:12 OUT OF MEMORY HERE\n"],
  ["quoted-printable", "E/TC:0 0 alloc_core:12 size=3D12\n"],
  ["a lost letter", "Byts allocatd: 1240\n"],
])("%s", (_, text) => {
  expect(mangledIn(text).count).toBeGreaterThan(0);
});

test("words of others are none", () => {
  expect(mangledIn("eth0: bytes 1200\n00000000: 00 00 00 00 00 00 00 00\nkernel: 12 pages\n").count).toBe(0);
});
