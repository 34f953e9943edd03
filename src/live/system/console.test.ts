// Tests of console.ts.
import { expect, it } from "vitest";
import type { HearConsole } from "../../source/console_feed.ts";
import type { ConsoleLineState } from "../state/state.ts";
import { hearConsole } from "./console.ts";

/** Feeds a console with pieces, and gives the lines. */
function lines(...pieces: readonly (string | Uint8Array)[]): ConsoleLineState[] {
  let hears: HearConsole = () => {};
  let left = false;
  const feed = {
    name: "fake",
    ended: "",
    listen(hear: HearConsole) {
      hears = hear;
      return () => {
        left = true;
      };
    },
  };
  let time = 0;
  const heard: ConsoleLineState[] = [];
  const stop = hearConsole(
    feed,
    () => time,
    (line) => heard.push(line),
  );
  for (const piece of pieces) {
    time++;
    hears(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
  }
  stop();
  expect(left).toBe(true);
  return heard;
}

it("gives each line when its end has come, without what a terminal obeys", () => {
  expect(lines("I/TC: be", "gin\r\n\r\nD/TA:  \x1b[31mred\x1b[0m <script>\nrest")).toEqual([
    { time: 2, text: "I/TC: begin", trouble: false },
    { time: 2, text: "D/TA:  red <script>", trouble: false },
  ]);
});

it("marks lines that report trouble", () => {
  const told = lines(
    "E/TC:? 0 Memory allocation failed: size 4096\n",
    "E/TC:? 0 TA panicked with code 0xffff0006\n",
    "I/TC: OP-TEE version: 4.0.0\n",
  );
  expect(told.map(({ trouble }) => trouble)).toEqual([true, true, false]);
});

it("reads UTF-8 and cuts what is too long", () => {
  expect(lines(new TextEncoder().encode("I/TA: größe\n"))[0]?.text).toBe("I/TA: größe");
  expect(lines(`${"x".repeat(5000)}\n`)[0]?.text.length).toBe(1024);
});
