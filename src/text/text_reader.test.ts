// Tests of text_reader.ts.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Grammar } from "./line.ts";
import { createTextReader, type TextShape } from "./text_reader.ts";

/** Lines that are wanted begin with `@`, and end with `;`. */
const GRAMMAR: Grammar = {
  anchorIn: (text) => text.indexOf("@"),
  startsAt: (bytes, from, to) => from < to && bytes[from] === 64,
  endOf: () => "figure",
  tellsError: (text) => text.includes("!"),
  stateOf: (text) => (text.endsWith(";") ? "whole" : text.includes("?") ? "other" : "open"),
};

interface Read {
  readonly lines: readonly string[];
  readonly shape: TextShape;
}

function read(pieces: readonly (string | Uint8Array)[]): Read {
  const lines: string[] = [];
  const reader = createTextReader(GRAMMAR, (line) => {
    expect(Buffer.from(line.bytes.subarray(line.from, line.to)).toString("latin1")).toBe(line.text);
    lines.push(`${line.number}|${line.before}|${line.text}`);
  });
  for (const piece of pieces) reader.push(typeof piece === "string" ? Buffer.from(piece) : piece);
  return { shape: reader.end(), lines };
}

describe("lines", () => {
  test.each([
    ["ends of every kind", "@a;\r\n@b;\n\r@c;\r\r\n@d;", ["1||@a;", "2||@b;", "3||@c;", "4||@d;"]],
    ["a return within a line begins another", "xx\r@a;\n@b;\n", ["1||xx", "1||@a;", "2||@b;"]],
    ["blanks around, blank lines", "  @a; \t\n\n \n@b;\n", ["1||@a;", "2||", "3||", "4||@b;"]],
    [
      "a stamp on each, on other lines too",
      "[1.5] @a;\n[1.6] @b;\n[1.7] other\n[1.8] \n",
      ["1|[1.5]|@a;", "2|[1.6]|@b;", "3|[1.7]|other", "4|[1.8]|"],
    ],
    ["one stamp alone proves nothing for other lines", "[1.5] @a;\n[1.7] other\n", ["1|[1.5]|@a;", "2||[1.7] other"]],
    [
      "words before are no prefix of other words",
      "foo @a;\nfoo @b;\nbar baz\n",
      ["1|foo|@a;", "2|foo|@b;", "3||bar baz"],
    ],
    [
      "escape sequences, backspaces",
      "\u001b[31m@a;\u001b[0m\n@bx\b;\n\u001b]0;title\u0007@c;\n",
      ["1||@a;", "2||@b;", "3||@c;"],
    ],
    [
      "a message of the kernel within",
      "@a b[   12.345678] usb 1-1: new\nc;\n@d;\n",
      ["1||@a bc;", "1||[   12.345678] usb 1-1: new", "3||@d;"],
    ],
    [
      "lines of the kernel between",
      "@a b[   12.345678] usb 1-1: new\n[   12.345679] usb 1-2: new\nc;\n",
      ["1||@a bc;", "1||[   12.345678] usb 1-1: new", "2||[   12.345679] usb 1-2: new"],
    ],
    [
      "a whole line keeps what follows apart",
      "@a;[   12.345678] usb\nother\n",
      ["1||@a;", "1||[   12.345678] usb", "2||other"],
    ],
    ["a rest that makes no whole line stays apart", "@a\nother\n@b;\n", ["1||@a", "2||other", "3||@b;"]],
    ["a mail broke the line", "@a\nb;\n@c;\n", ["1||@ab;", "3||@c;"]],
  ])("%s", (_, text, lines) => expect(read([text]).lines).toEqual(lines));

  it("are joined at the width where a terminal broke them", () => {
    const long = "x".repeat(130);
    const text = `@${long}?\n@b;\n@${long.slice(2)}?\n`.replaceAll(/.{80}/g, "$&\n");
    const { lines, shape } = read([text]);
    expect(lines).toEqual([`1||@${long}?`, "3||@b;", `4||@${long.slice(2)}?`]);
    expect([shape.width, shape.joined]).toEqual([80, 2]);
  });

  it.each([
    [39, false],
    [40, true],
    [132, true],
    [200, true],
    [201, false],
  ])("a width of %d is one of terminals: %s", (width, isOne) => {
    const line = `@${"x".repeat(2 * width)}?`;
    const text = `${line}\n${line}\n`.replaceAll(new RegExp(`.{${width}}`, "g"), "$&\n");
    expect(read([text]).shape.width).toBe(isOne ? width : undefined);
  });

  it("a line of just that width is not joined with a foreign one", () => {
    const whole = `@${"x".repeat(78)};`;
    expect(read([`${whole}\nother words\n`]).lines).toEqual([`1||${whole}`, "2||other words"]);
  });
});

it("is the same in pieces of any size, beyond a window too", () => {
  const words = fc.constantFrom(
    "@a;",
    "@b",
    "other",
    "",
    "[   12.345678] usb",
    "\u001b[31m@c;",
    "[1.5] @d;",
    "x".repeat(300),
    '{"log":"@e;\\n"}',
    "é",
  );
  fc.assert(
    fc.property(
      fc.array(words, { maxLength: 40 }),
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom(1, 600),
      (list, size, times) => {
        const bytes = Buffer.from(list.join("\n").repeat(times));
        const pieces: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += size * times) pieces.push(bytes.subarray(at, at + size * times));
        expect(read(pieces)).toEqual(read([bytes]));
      },
    ),
    { numRuns: 60 },
  );
});

it("cuts what has no newline, and holds no more than a window", () => {
  const { lines, shape } = read([new Uint8Array(1_000_000).fill(120)]);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(140_000);
  expect(shape.lines).toBe(lines.length);
});
