// Ticks have as many digits as their distance needs.
import { expect, test } from "vitest";
import { TICKS, tickText } from "./time_axis.ts";

test.each([
  [1_500_000, 500_000, "1.5 s"],
  [2_000_000, 1_000_000, "2 s"],
  [1_234_567, 1, "1.234567 s"],
  [120_000_000, 60_000_000, "2 min"],
])("%i in steps of %i is %s", (time, step, text) =>
  expect(tickText(time, step, { epoch: null, order: "" })).toBe(text),
);

test("the distances ascend", () => expect(TICKS).toEqual([...TICKS].sort((a, b) => a - b)));
