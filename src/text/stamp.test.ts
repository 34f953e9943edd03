// Tests of stamp.ts.
import { expect, test } from "vitest";
import { createStampClock, stampOf } from "./stamp.ts";

test.each([
  ["2024-05-06T12:00:01.5Z", "calendar", Date.UTC(2024, 4, 6, 12, 0, 1, 500) * 1000],
  ["[2024-05-06 12:00:01,250]", "calendar", Date.UTC(2024, 4, 6, 12, 0, 1, 250) * 1000],
  ["May  6 12:00:01 board optee[3]:", "calendar", Date.UTC(2000, 4, 6, 12, 0, 1) * 1000],
  ["Mon May  6 12:00:01 2024", "calendar", Date.UTC(2024, 4, 6, 12, 0, 1) * 1000],
  ["[12:00:01.000123]", "day", 43_201_000_123],
  ["(240807_15:27:01.736)", "day", 55_621_736_000],
  ["[   12.345678]", "uptime", 12_345_678],
  ["1714999201.25000", "uptime", 1_714_999_201_250_000],
] as const)("%s", (before, clock, time) => expect(stampOf(before)).toEqual({ clock, time }));

test.each(["", "> ", "12", "board kernel:", "1.2.3.4", "12:34"])("%j is no time", (before) =>
  expect(stampOf(before)).toBeUndefined(),
);

test("a clock begins at 0, goes on behind midnight, and takes one kind of stamp", () => {
  const clock = createStampClock();
  expect(["23:59:59", "", "00:00:01.5", "[ 3.000000]", "00:00:00.5"].map(clock)).toEqual([
    0,
    undefined,
    2_500_000,
    undefined,
    1_500_000,
  ]);
});
