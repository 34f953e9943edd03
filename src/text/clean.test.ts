// Tests of clean.ts.
import { expect, test } from "vitest";
import { cleanLine, hasBareColours, isClean, isUnclean } from "./clean.ts";

const latin = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

test.each([
  ["colours", "\u001b[1;31mE/TC:\u001b[0m x", "E/TC: x"],
  ["a title, ended by BEL or ST or not at all", "\u001b]0;a\u0007b\u001b]2;c\u001b\\d\u001b]0;e", "bd"],
  ["many titles", "\u001b]0;a\u0007".repeat(3), ""],
  ["a character set, a keypad", "\u001b(B\u001b=x", "x"],
  ["as cat -v shows it", "^[[32mPool:^[[0m^M^M", "Pool:"],
  ["colours without their escape character", "[0;31mPool:[0m", "Pool:"],
  ["escape characters as texts write them", "\\x1b[1m\\033[2ma\\e[0m\\u001b[Kb#033[0mc^[[md", "abcd"],
  ["tabs and what was typed but ^C, as cat -v and rsyslog show them", "#011a^Ib^D^Cc^M^M", "\ta\tb^Cc"],
  ["as a picture", latin("\u241b[32mx"), "x"],
  ["backspaces", "xtesu\bt\b\b\b\b\b\b\bx", "x"],
  ["controls", "a\u0001\u007fb", "ab"],
  [
    "hard spaces, but between digits, and marks without a width",
    latin("69\u00a0%\u202f1\u2009000\u200b\ufeff"),
    "69 % 1\u00a0000",
  ],
  ["a hard space of Latin-1", "69\u00a0%", "69 %"],
  ["soft hyphens, marks of direction", latin("al\u00adlo\u2060ca\u202ated\u2069 \ufe0fx"), "allocated x"],
  ["a soft hyphen of Latin-1", "al\u00adlo", "allo"],
  ["what was typeset", latin("bu\ufb00er\uff1a"), "buffer:"],
  ["other letters stay", latin("größer à · …"), latin("größer à · …")],
])("%s", (_, line, wanted) => {
  expect(cleanLine(line)).toBe(wanted);
  const bare = hasBareColours(line);
  expect(isUnclean(line) || bare).toBe(line !== wanted || /[\u00e2^]/.test(line));
  expect(isClean(Buffer.from(line, "latin1")) && !bare).toBe(!isUnclean(line) && !bare);
});
