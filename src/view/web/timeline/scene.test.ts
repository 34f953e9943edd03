// While time goes on, its end stays in sight where it was in sight.
import { expect, test } from "vitest";
import { createScene, grow, wholeOf } from "./scene.ts";

test.each([
  ["everything", { from: 0, to: 100 }, { from: 0, to: 150 }],
  ["the end", { from: 80, to: 100 }, { from: 130, to: 150 }],
  ["the middle", { from: 20, to: 40 }, { from: 20, to: 40 }],
])("%s is in sight", (_, span, then) => {
  const scene = createScene({ from: 0, to: 100 }, null);
  scene.span.value = span;
  grow(scene, { from: 0, to: 150 });
  expect([scene.span.value, scene.whole.value]).toEqual([then, { from: 0, to: 150 }]);
});

test("no time at all can still be drawn", () => expect(wholeOf({ from: 5, to: 5 })).toEqual({ from: 5, to: 15 }));
