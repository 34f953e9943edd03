// Tests of fields.ts.
import { expect, test } from "vitest";
import { RELEASES } from "../release/releases.ts";
import { NAME_BYTES, STAT_FIELDS } from "./fields.ts";

test("the fields fill the record without a gap", () => {
  for (const { recordSize } of RELEASES) {
    const spans = STAT_FIELDS.flatMap(({ offset, width }) => {
      const at = offset[recordSize];
      return at === null ? [] : [{ at, end: at + width }];
    }).sort((a, b) => a.at - b.at);
    expect(spans.map(({ at }) => at)).toEqual([NAME_BYTES, ...spans.map(({ end }) => end).slice(0, -1)]);
    expect(spans.at(-1)?.end).toBe(recordSize);
  }
});
