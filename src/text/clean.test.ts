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
  ["backspaces", "xtesu\bt\b\b\b\b\b\b\bx", "x"],
  ["controls", "a\u0001\u007fb", "ab"],
  [
    "hard spaces, but between digits, and marks without a width",
    latin("69\u00a0%\u202f1\u2009000\u200b\ufeff"),
    "69 % 1\u00a0000",
  ],
  ["a hard space of Latin-1", "69\u00a0%", "69 %"],
  ["other letters stay", latin("größer à — …"), latin("größer à — …")],
])("%s", (_, line, wanted) => {
  expect(cleanLine(line)).toBe(wanted);
  const bare = hasBareColours(line);
  expect(isUnclean(line) || bare).toBe(line !== wanted || /[\u00e2^]/.test(line));
  expect(isClean(Buffer.from(line, "latin1")) && !bare).toBe(!isUnclean(line) && !bare);
});
