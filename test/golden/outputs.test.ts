// Compares whole outputs with those of the C code.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { playWhole, ROOT, readGolden, readManifest, readTrace } from "./golden_set.ts";

const there = (file: string): boolean => existsSync(new URL(file, ROOT));
const variantIn = (file: string): string => /\.([^.]+)\.(?:out|bin)(?:\.gz)?$/.exec(file)?.[1] ?? "";

for (const entry of readManifest()) {
  const outputs = entry.full.filter(there);
  const images = entry.images.filter(there);
  if (outputs.length + images.length === 0) continue;
  describe(entry.trace, () => {
    const trace = readTrace(entry);
    test.each(outputs)("%s", (file) => {
      const expected = new TextDecoder().decode(readGolden(file));
      const { text } = playWhole(trace, variantIn(file));
      // Equal texts are not compared line by line; unlike ones show the first line that differs.
      if (text !== expected) expect(firstUnlike(text, expected)).toEqual(firstUnlike(expected, text));
    });
    test.each(images)("%s", (file) => {
      const { bytes } = playWhole(trace, variantIn(file));
      expect(Buffer.compare(bytes, readGolden(file))).toBe(0);
    });
  });
}

test("every family has outputs here", () => {
  const covered = readManifest().filter(({ full }) => full.some(there));
  const families = new Set(readManifest().map(({ family }) => family));
  expect(new Set(covered.map(({ family }) => family))).toEqual(families);
});

function firstUnlike(text: string, other: string): { line: number; text: string | undefined } {
  const lines = text.split("\n");
  const others = other.split("\n");
  const line = lines.findIndex((content, n) => content !== others[n]);
  return { line: line + 1, text: lines[line] };
}
