// Tests of the tables of watch on terminals of any width.
import { expect, test } from "vitest";
import { drawCallHead } from "./call_table.ts";
import { drawCommandHead, drawCommands } from "./command_table.ts";
import { createPaint } from "./paint.ts";

const heap = { before: 100, peak: 300, after: 200, growth: 100 };
const ROW = { entry: "invoke", command: 4, code: 0, heap, core: heap, alone: true };

test("tables around calls fit the terminal", () => {
  for (let width = 40; width <= 200; width++) {
    const paint = createPaint({ colours: false, width });
    for (const line of [...drawCallHead(paint), ...drawCommands([ROW], paint)])
      expect(line.length).toBeLessThanOrEqual(width);
  }
});

test("a narrow one keeps the peak and what grew", () => {
  const titles = (width: number): string[] =>
    drawCommandHead(createPaint({ colours: false, width }))[1]
      ?.trim()
      .split(/ {2,}/) ?? [];
  expect(titles(80)).toEqual(["at entry", "peak", "at exit", "growth", "rose by", "growth"]);
  expect(titles(50)).toEqual(["peak", "growth", "growth"]);
  expect(drawCommands([ROW], createPaint({ colours: false, width: 50 }))[2]?.split(/ {2,}/)).toEqual([
    "invoke 4",
    "300",
    "+100",
    "+100",
  ]);
});
