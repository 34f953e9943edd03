// Tests of how a stretch of time is given.
import { describe, expect, test } from "vitest";
import { parseTimeRange } from "./time_range.ts";

describe("FROM..TO", () => {
  test.each([
    ["0..529.232", 0, 529_232_000],
    ["..", 0, Number.POSITIVE_INFINITY],
    ["1.5..", 1_500_000, Number.POSITIVE_INFINITY],
    ["..250ms", 0, 250_000],
    ["10us..2min", 10, 120_000_000],
    ["1s..1s", 1_000_000, 1_000_000],
    ["0.1..0.3", 100_000, 300_000],
    ["1h..1.5h", 3_600_000_000, 5_400_000_000],
  ])("%s", (text, from, to) => {
    expect(parseTimeRange(text)).toEqual({ ok: true, value: { from, to } });
  });

  test.each(["", "5", "5..4", "a..b", "1...2", "-1..2", "1..2..3", "1d..", "1e3..", "1..2x", " 1..2"])(
    "not %j",
    (text) => {
      expect(parseTimeRange(text)).toMatchObject({ ok: false });
    },
  );
});
