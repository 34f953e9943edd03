// Tests of printed_release.ts and question_cost.ts.
import { expect, it } from "vitest";
import { printedRelease } from "./printed_release.ts";
import { heldRange, questionCost } from "./question_cost.ts";
import { releaseOf } from "./releases.ts";

it.each([
  ["4.0.0", "4.0"],
  ["4.2.0", "4.1 to 4.3"],
  ["4.5.0", "4.4 or 4.5"],
  ["4.6.0", "4.6 or later"],
  ["4.10.0", "4.6 or later"],
])("a report of %s is one of %s", (version, releases) => {
  const row = releaseOf(version);
  expect(row.ok && printedRelease(row.value)).toBe(releases);
});

it("what a question costs is known where it was measured, and nowhere else", () => {
  expect(questionCost("4.0.0", true)).toMatchObject({ held: 512, peak: 720, operations: 28 });
  expect(questionCost("4.10", true)?.held).toBe(432);
  expect([questionCost("4.5", true), questionCost("4.7", false), questionCost("", false)]).toEqual(
    Array(3).fill(undefined),
  );
  expect(heldRange()).toEqual([368, 512]);
});
