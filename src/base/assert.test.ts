// Tests of assert.ts.
import { expect, test } from "vitest";
import { AssertionError, assert } from "./assert.ts";
import { err, ok } from "./result.ts";

test("a broken assumption stops with what was expected", () => {
  expect(() => assert(true, "never")).not.toThrow();
  expect(() => assert(false, "a pool lies in the memory")).toThrow(new AssertionError("a pool lies in the memory"));
});

test("a result is a value or a message", () => {
  expect(ok(3)).toEqual({ ok: true, value: 3 });
  expect(err("no such file")).toEqual({ ok: false, error: "no such file" });
});
