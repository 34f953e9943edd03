// Tests of the colours: text on them can be read, and each is another's for no one.
import { expect, test } from "vitest";
import { AGES, ageColour, CATEGORIES, categoryColour, inkOn, OTHERS_COLOUR } from "./palette.ts";

function contrast(a: string, b: string): number {
  const light = (colour: string): number =>
    [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, n) => sum + value * ([0.2126, 0.7152, 0.0722][n] ?? 0), 0);
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

test.each([...CATEGORIES, OTHERS_COLOUR, ...AGES])("text on %s has a contrast of 4.5 at least", (colour) => {
  expect(contrast(colour, inkOn(colour))).toBeGreaterThanOrEqual(4.5);
});

test("what comes behind the largest is grey, and ages stay within their scale", () => {
  expect([categoryColour(0), categoryColour(7)]).toEqual([CATEGORIES[0], OTHERS_COLOUR]);
  expect([ageColour(-1), ageColour(0), ageColour(0.999), ageColour(5)]).toEqual([AGES[0], AGES[0], AGES[5], AGES[5]]);
});
