// Tests of printable.ts.
import { expect, test } from "vitest";
import { clip, joined, own, type Printable, printable, printableJson, printableLines, shown } from "./printable.ts";

test("control characters are shown as what they are", () => {
  expect(printable("a\x1b[2Jb\n\x7f\x9bé…\t\0")).toBe("a\\x1b[2Jb\\x0a\\x7f\\x9bé…\\x09\\x00");
  expect(printableLines("a\x1b\nb\r\n\tc")).toBe("a\\x1b\nb\\x0d\n\tc");
});

test.each([
  ["turns text round", "\u202e", "\\u202e"],
  ["begins an isolate", "\u2066", "\\u2066"],
  ["has no width", "\u200b", "\\u200b"],
  ["is a soft hyphen", "\xad", "\\xad"],
  ["is the mark of byte order", "\ufeff", "\\ufeff"],
  ["ends a line to some", "\u2028", "\\u2028"],
  ["ends a paragraph to some", "\u2029", "\\u2029"],
  ["fills without a shape", "\u3164", "\\u3164"],
  ["chooses a variant", "\ufe0f", "\\ufe0f"],
  ["is a tag", "\u{e0041}", "\\u{e0041}"],
  ["chooses one of more variants", "\u{e0100}", "\\u{e0100}"],
  ["annotates", "\ufff9", "\\ufff9"],
  ["is half of a pair", "\ud800", "\\ud800"],
  ["is the other half", "\udc00", "\\udc00"],
])("what %s is shown as what it is", (_, character, text) => {
  expect(printable(`a${character}b`)).toBe(`a${text}b`);
  expect(printableLines(`a${character}b\n`)).toBe(`a${text}b\n`);
  // JSON has no other form than \uNNNN, twice where a character takes two.
  const json = printableJson({ [character]: character });
  expect(JSON.parse(json)).toEqual({ [character]: character });
  expect(json).toMatch(/^[\x20-\x7e]*$/);
});

test("other languages and pictures stay", () => {
  const text = "Grüße, Москва, 東京, ไทย, 𝄞, é, 🙂";
  expect(printable(text)).toBe(text);
  expect(printableJson(text)).toBe(JSON.stringify(text));
});

test("JSON keeps its lines, and has numbers of any size", () => {
  expect(printableJson({ a: ["\x1b\x7f\x9f", 10n] }, 2)).toBe(
    '{\n  "a": [\n    "\\u001b\\u007f\\u009f",\n    10\n  ]\n}',
  );
});

test("long words are cut", () => {
  expect(clip("x".repeat(60))).toBe("x".repeat(60));
  expect(clip("x".repeat(61))).toBe(`${"x".repeat(60)}…`);
  expect(clip("a\nbc", 3)).toBe("a\\x0ab…");
});

test("templates and lists keep what is printable as it is", () => {
  const red: Printable = own("\x1b[31mred\x1b[39m");
  expect(shown`${red} ${3} ${printable("\x1b")}`).toBe("\x1b[31mred\x1b[39m 3 \\x1b");
  expect(shown`\ta\\b\n`).toBe("\ta\\b\n");
  expect(joined([red, own("x")], "\n")).toBe("\x1b[31mred\x1b[39m\nx");
  expect(own("ab").padStart(4).padEnd(5).slice(1)).toBe(" ab ");
});

// Each line below is an error of the compiler: `npm run types` fails if one is none any more.
test("a text from outside is not printable", () => {
  const name: string = "pool";
  const part: `a${string}` = "ab";
  const word: "x" | "y" = name.length > 3 ? "x" : "y";
  const print = (text: Printable): string => text;
  // @ts-expect-error any string
  shown`${name}`;
  // @ts-expect-error any string that begins in one way
  shown`${part}`;
  // @ts-expect-error perhaps any string
  shown`${word === "x" ? "" : name}`;
  // @ts-expect-error a template without a tag
  print(`${word}`);
  // @ts-expect-error among others
  joined([own("a"), name]);
  // @ts-expect-error as it is
  own(name);
  // @ts-expect-error with something of a printable text
  print(own("a") + name);
  expect(print(shown`${word}${1}${own("a")}`)).toBe("x1a");
});
