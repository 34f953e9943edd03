// Ticks have as many digits as their distance needs.
import { expect, test } from "vitest";
import { createScene } from "./scene.ts";
import { TICKS, tickText } from "./time_axis.ts";

test.each([
  [1_500_000, 500_000, "1.5 s"],
  [2_000_000, 1_000_000, "2 s"],
  [1_234_567, 1, "1.234567 s"],
  [120_000_000, 60_000_000, "2 min"],
])("%i in steps of %i is %s", (time, step, text) =>
  expect(tickText(time, step, createScene({ from: 0, to: 1e9 }, null))).toBe(text),
);

test("what is numbered has a tick where it begins, and none at the end of the last", () => {
  const scene = createScene({ from: 0, to: 16 }, null, "list");
  expect([0, 15, 16].map((time) => tickText(time, 1, scene))).toEqual(["list 1", "list 16", ""]);
});

test("the distances ascend", () => expect(TICKS).toEqual([...TICKS].sort((a, b) => a - b)));
