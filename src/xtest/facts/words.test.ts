// The words of each row: a line that the row reads has one of them, so nothing is lost by looking for them first.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { matchRow } from "./match.ts";
import type { FactRow } from "./row.ts";
import { ROWS } from "./rows.ts";
import { voiceOf } from "./voice.ts";
import { createWordFinder } from "./word_finder.ts";

const TABLE: readonly FactRow[] = ROWS;
const CASES = new URL("../../../test/fixtures/causes/", import.meta.url);
/** Rows that read lines by their code alone: their words are the codes. */
const byCode = ({ coded }: FactRow): boolean => coded === "telling" || coded === "oom";

test("every row finds by its words what it reads", () => {
  const find = createWordFinder(TABLE.map(({ words }) => words));
  const lines = readdirSync(CASES).flatMap((file) => readFileSync(new URL(file, CASES), "latin1").split("\n"));
  expect(lines.length).toBeGreaterThan(400);
  for (const line of lines) {
    const voice = voiceOf(line);
    const hits = new Uint8Array(TABLE.length);
    find(line, hits);
    for (const [i, row] of TABLE.entries())
      if (!byCode(row) && matchRow(row, voice, voice === undefined ? line : line.slice(voice.end)) !== null)
        expect([row.kind, line, hits[i]]).toEqual([row.kind, line, 1]);
  }
});

test("a word has at least three characters, or it is never found", () => {
  expect(TABLE.flatMap(({ words }) => words).filter((word) => word.length < 3)).toEqual([]);
});
