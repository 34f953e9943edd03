import { describe, expect, test } from "vitest";
import { ok } from "../base/result.ts";
import { NAME_BYTES, STAT_FIELDS } from "./fields.ts";
import { LAYOUTS, layoutOf } from "./layout.ts";
import { poolNames } from "./pools.ts";

describe("layouts", () => {
  test.each([
    ["4.0.0", "4.0"],
    ["v4.1.0-rc1", "4.1"],
    ["4.5.0-2", "4.1"],
    ["4.5", "4.1"],
    ["4.6.0", "4.6"],
    ["4.10.0", "4.6"],
    ["5.0", "4.6"],
  ])("%s is %s", (version, layout) => {
    expect(layoutOf(version)).toEqual(ok(layout));
  });

  test.each(["3.22.0", "", "four", "4", "4."])("%j is refused", (version) => {
    expect(layoutOf(version).ok).toBe(false);
  });

  test("the fields fill the record without a gap", () => {
    for (const { recordSize, taSize } of Object.values(LAYOUTS)) {
      const spans = STAT_FIELDS.flatMap(({ offset, width }) => {
        const at = offset[recordSize];
        return at === null ? [] : [{ at, end: at + width }];
      }).sort((a, b) => a.at - b.at);
      expect(spans.map(({ at }) => at)).toEqual([NAME_BYTES, ...spans.map(({ end }) => end).slice(0, -1)]);
      expect(spans.at(-1)?.end).toBe(recordSize);
      expect(taSize).toBe(16 + 4 + 4 + recordSize);
    }
  });
});

describe("pool names", () => {
  test("as captured", () => {
    expect(poolNames("4.0.0")).toEqual(ok(["Heap", "", "Secure DDR", ""]));
    expect(poolNames("4.3.0")).toEqual(ok(["Heap", "", "Secure DDR", "", ""]));
    expect(poolNames("4.5.0")).toEqual(ok(["Heap", "", "Physical TA memory", "", ""]));
    expect(poolNames("4.10.0")).toEqual(
      ok([
        "Heap",
        "Public DDR (deprecated)",
        "Physical TA memory",
        "KHeap (disabled)",
        "RPMB secure storage (no data)",
      ]),
    );
  });

  test("virtualization names the fourth, RPMB the fifth", () => {
    expect(poolNames("4.0.0", { nsVirtualization: true })).toEqual(ok(["Heap", "", "Secure DDR", "KHeap"]));
    const names = poolNames("4.6.0", { nsVirtualization: true, rpmb: true });
    expect(names.ok && names.value.slice(3)).toEqual(["KHeap", "RPMB secure storage"]);
  });

  test("an unknown version is refused", () => {
    expect(poolNames("new").ok).toBe(false);
  });
});
