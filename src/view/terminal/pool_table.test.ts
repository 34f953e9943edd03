// Tests of the table of pools on terminals of any width.
import { expect, test } from "vitest";
import { createPaint } from "./paint.ts";
import { drawPools } from "./pool_table.ts";

const POOL = {
  allocated: 26_528,
  maxAllocated: 36_608,
  size: 68_640,
  failures: 0,
  biggestFailure: 0,
  biggestFailureUsed: 0,
};

test("pools fit any terminal, and their bars grow with it", () => {
  let before = 0;
  for (const width of [40, 57, 80, 132, 200]) {
    const lines = drawPools([{ name: "Physical TA memory", ...POOL }], createPaint({ colours: false, width }));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    const bar = lines.find((line) => line.includes("▕")) ?? "";
    const wide = bar.lastIndexOf("▏") - bar.indexOf("▕");
    expect(wide).toBeGreaterThan(before);
    before = wide;
  }
});

test("a long name has a line of its own where it is narrow", () => {
  const drawn = (width: number): readonly string[] =>
    drawPools([{ name: "Secure DDR", ...POOL }], createPaint({ colours: false, width }));
  expect(drawn(80)[1]).toMatch(/^Secure DDR +26,528/);
  expect(drawn(40).slice(1, 3)).toEqual(["Secure DDR", "          26,528      36,608      68,640"]);
});
