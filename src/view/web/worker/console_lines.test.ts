// Lines of the console: pieces are put together, terminals' commands are taken out, text stays text.
import { expect, test } from "vitest";
import type { ConsolePiece } from "../../../recording/console_rows.ts";
import { linesIn } from "./console_lines.ts";

function consoleOf(pieces: readonly [number, string][]) {
  return {
    async *console(): AsyncGenerator<ConsolePiece> {
      for (const [time, text] of pieces) yield { time, text, during: "" };
    },
  };
}

const never = new AbortController().signal;

test("a line in pieces has the time of the first", async () => {
  const given = consoleOf([
    [1, "D/TC:0 he"],
    [2, "llo\r\n"],
    [3, "\u001b[31m<b>bold</b>\u001b[0m\r\n"],
    [4, "K\u00c3\u00b6ln"],
  ]);
  expect(await linesIn(given, 0, 9, 10, never)).toEqual({
    lines: [
      { time: 1, text: "D/TC:0 hello", bad: false },
      { time: 3, text: "<b>bold</b>", bad: false },
      { time: 4, text: "Köln", bad: false },
    ],
    more: false,
  });
});

test("no more lines than asked for, and it says so", async () => {
  const given = consoleOf(Array.from({ length: 5 }, (_, n) => [n, "x\n"] as const).map(([n, text]) => [n, text]));
  const { lines, more } = await linesIn(given, 0, 9, 3, never);
  expect([lines.length, more]).toEqual([3, true]);
});

test("a line that tells of a panic is bad", async () => {
  const given = consoleOf([
    [1, "I/TA: Hello World!\r\n"],
    [2, "E/TC:? 0 TA panicked with code 0xffff0006\r\n"],
  ]);
  expect((await linesIn(given, 0, 9, 9, never)).lines.map(({ bad }) => bad)).toEqual([false, true]);
});
