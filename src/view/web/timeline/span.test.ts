// Zoom and pan stay within the whole, and keep what is under the pointer.
import { expect, test } from "vitest";
import { panned, showing, zoomed } from "./span.ts";

const WHOLE = { from: 0, to: 1000 };

test("the point under the pointer stays", () => {
  expect(zoomed({ from: 0, to: 1000 }, 250, 0.5, WHOLE)).toEqual({ from: 125, to: 625 });
  expect(zoomed({ from: 125, to: 625 }, 250, 2, WHOLE)).toEqual(WHOLE);
});

test("no further than ten microseconds", () => {
  expect(zoomed({ from: 500, to: 510 }, 500, 0.1, WHOLE)).toEqual({ from: 500, to: 510 });
});

test("a pan stops at the ends", () => {
  expect(panned({ from: 100, to: 300 }, -500, WHOLE)).toEqual({ from: 0, to: 200 });
  expect(panned({ from: 100, to: 300 }, 5000, WHOLE)).toEqual({ from: 800, to: 1000 });
});

test("what is looked for comes into sight", () => {
  expect(showing({ from: 0, to: 100 }, { from: 50, to: 60 }, WHOLE)).toEqual({ from: 0, to: 100 });
  expect(showing({ from: 0, to: 100 }, { from: 500, to: 500 }, WHOLE)).toEqual({ from: 450, to: 550 });
  expect(showing({ from: 0, to: 100 }, { from: 100, to: 900 }, WHOLE)).toEqual(WHOLE);
});
