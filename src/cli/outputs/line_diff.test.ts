// Diffs of texts whose lines stay, undone by git apply.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createPaint } from "../../view/terminal/paint.ts";
import { lineDiff } from "./line_diff.ts";

const PLAIN = createPaint({ colours: false, width: 80 });

function numbered(count: number, changed: readonly number[], end = "\n"): string {
  return Array.from({ length: count }, (_, n) => `line ${n}${changed.includes(n) ? " new" : ""}`).join("\n") + end;
}

test("one line, with three around it", () => {
  expect(lineDiff("a.yaml", numbered(9, []), numbered(9, [4]), PLAIN).split("\n")).toEqual([
    "--- a.yaml",
    "+++ a.yaml",
    "@@ -2,7 +2,7 @@",
    " line 1",
    " line 2",
    " line 3",
    "-line 4",
    "+line 4 new",
    " line 5",
    " line 6",
    " line 7",
    "",
  ]);
});

test.each([
  [[3, 10], 1],
  [[3, 11], 2],
])("changes at %j are in %i hunks, as their surroundings meet or not", (changed, hunks) => {
  expect(lineDiff("a", numbered(20, []), numbered(20, changed), PLAIN).match(/^@@/gm)).toHaveLength(hunks);
});

test("nothing of equal texts", () => expect(lineDiff("a", "x\n", "x\n", PLAIN)).toBe(""));

test.each([
  [20, [0], "\n"],
  [20, [19], "\n"],
  [20, [19], ""],
  [20, [18], ""],
  [20, [3, 4, 5], "\n"],
  [20, [3, 10], "\n"],
  [20, [3, 11], "\n"],
  [20, [0, 7, 15, 19], ""],
  [1, [0], "\n"],
  [1, [0], ""],
])("git apply -R takes %i lines with changes at %j back", (count, changed, end) => {
  const folder = mkdtempSync(join(tmpdir(), "teemem-diff-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "a.yaml");
  const [before, after] = [numbered(count, [], end), numbered(count, changed, end)];
  writeFileSync(path, after);
  const diff = lineDiff("a.yaml", before, after, PLAIN);
  const { status, stderr } = spawnSync("git", ["apply", "-R", "-p0"], { cwd: folder, input: diff, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  expect(readFileSync(path, "utf8")).toBe(before);
});
