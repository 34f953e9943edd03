// Tests of which functions are told where the stack is full.
import { expect, test } from "vitest";
import { writeCallStack } from "../../base/call_stack.ts";
import { recursionIn } from "./ends.ts";

const stack = (...frames: readonly string[]): string =>
  writeCallStack(frames.map((frame) => ({ func: frame.split("@")[0] ?? "", place: frame.split("@")[1] ?? "" })));

test.each([
  ["a function that calls itself", ["leaf@a.c:9", "f@a.c:2", "f@a.c:2", "g@a.c:5"], ["f@a.c:2"]],
  ["whose equal frames are one", ["f@a.c:1", "f@a.c:2"], ["f@a.c:2"]],
  ["two, from the first", ["leaf@a.c:9", "f@a.c:2", "g@a.c:5", "f@a.c:2", "g@a.c:5"], ["f@a.c:2", "g@a.c:5"]],
  ["two, from the second", ["g@a.c:5", "f@a.c:2", "g@a.c:5", "f@a.c:2", "main@a.c:9"], ["f@a.c:2", "g@a.c:5"]],
  ["none: all that there is", ["f@a.c:2", "g@a.c:5"], ["f@a.c:2", "g@a.c:5"]],
  ["nothing", [], []],
])("%s", (_, frames, told) => {
  expect(recursionIn(stack(...frames))).toBe(stack(...told));
});
