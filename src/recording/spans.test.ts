// Tests of spans.ts.
import { expect, test } from "vitest";
import { createSpans } from "./spans.ts";

test("what is left last was entered last, by heap, instance and name", () => {
  const spans = createSpans(["core", "ta-1"]);
  spans.turn(true, "ta-1", 1, "invoke 3", 0);
  spans.turn(true, "ta-1", 2, "invoke 3", 1);
  spans.turn(true, "ta-1", 1, "invoke 3", 2);
  spans.turn(true, "ta-1", 1, "close", 3);
  spans.turn(true, "nobody", 1, "close", 3);
  spans.turn(false, "ta-1", 1, "invoke 3", 4);
  spans.turn(false, "ta-1", 2, "invoke 3", 5);
  spans.turn(false, "ta-1", 2, "invoke 3", 6);
  const found = spans.finish(
    (_, number) => (number === 2 ? -1 : number),
    () => 9,
  );
  const one = { trace: 1, instance: 1, uuid: "1" };
  expect(found).toEqual([
    { ...one, name: "invoke 3", from: 2, to: 4 },
    { ...one, name: "invoke 3", from: 0, to: 9 },
    { ...one, name: "close", from: 3, to: 9 },
  ]);
});
