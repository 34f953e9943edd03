// Tests of extremes.ts.
import { expect, test } from "vitest";
import { leastOf, mostOf } from "./extremes.ts";

test("the largest and the smallest, of none the start", () => {
  expect([mostOf([3, -1, 9, 2]), leastOf([3, -1, 9, 2])]).toEqual([9, -1]);
  expect([mostOf([-5], 0), leastOf([5], 0), mostOf([], 7), leastOf([], 7)]).toEqual([0, 0, 7, 7]);
  expect([mostOf([]), leastOf([])]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test("of more than fit on the stack", () => {
  const many = Array.from({ length: 1e6 }, (_, n) => n);
  expect([mostOf(many), leastOf(many)]).toEqual([999_999, 0]);
});
