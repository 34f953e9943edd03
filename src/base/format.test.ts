// Tests of format.ts.
import { describe, expect, it } from "vitest";
import { counted, grouped, percent } from "./format.ts";

describe("formats", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [12528, "12,528"],
    [268435456, "268,435,456"],
    [-1234, "-1,234"],
  ])("grouped(%d) is %s", (n, text) => {
    expect(grouped(n)).toBe(text);
  });

  it("counts nouns", () => {
    expect([counted(1, "block"), counted(2, "block"), counted(0, "entry", "entries")]).toEqual([
      "1 block",
      "2 blocks",
      "0 entries",
    ]);
  });

  it("rounds percentages, and of nothing gives 0", () => {
    expect([percent(1, 3), percent(2, 3), percent(0, 0)]).toEqual([33, 67, 0]);
  });
});
