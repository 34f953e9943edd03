// Tests of the scale of the curve of refusals.
import { expect, test } from "vitest";
import { curveScale, placedLabels, refusals } from "./curve_scale.ts";

const point = (newFailures: number, unserved: number) => ({ newFailures, unserved, spoiltMarks: 0, headroom: 0 });
const curve = [
  { pool: 1000, first: point(99, 1), best: point(10, 0) },
  { pool: 2000, first: point(1, 0), best: point(0, 0) },
  { pool: 3000, first: point(0, 0), best: point(0, 0) },
];

test("what fails anew and what fails again are refused", () => {
  expect(refusals(curve)).toEqual([
    { pool: 1000, first: 100, best: 10 },
    { pool: 2000, first: 1, best: 0 },
    { pool: 3000, first: 0, best: 0 },
  ]);
});

test("larger pools lie to the right, more refusals higher, none at the bottom", () => {
  const scale = curveScale(refusals(curve), 2500, 800, 300);
  expect(scale.y(0)).toBe(scale.bottom);
  expect([scale.y(100), scale.x(1000), scale.x(3000)]).toEqual([14, 64, 784]);
  expect(scale.y(1)).toBeLessThan(scale.y(0));
  expect(scale.counts).toEqual([0, 1, 10, 100]);
  expect(scale.pools).toEqual([1000, 2000, 3000]);
});

test("a recorded pool near the curve is on the scale, one far beyond stands at its edge", () => {
  const near = curveScale(refusals(curve), 4000, 800, 300);
  expect([near.x(4000), near.x(3000) < 784, near.beyond]).toEqual([784, true, false]);
  const far = curveScale(refusals(curve), 9000, 800, 300);
  expect([far.x(9000), far.x(3000), far.beyond]).toEqual([784, 784, true]);
});

test("labels are whole at the edges, and none lies on another", () => {
  const labels = [2, 20, 95, 99].map((x) => ({ text: "32,768", x }));
  const shown = placedLabels(labels, () => 20, 100);
  expect(shown.map(({ x }) => x)).toEqual([10, 90]);
});
