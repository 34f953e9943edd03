// The reports on the recorded system that comes with the package, against the figures of those who recorded it.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { findingsOf } from "../src/analyze/report/advice.ts";
import { type HeapReport, heapReport } from "../src/analyze/report/heap_report.ts";
import { planTrials, tryPool } from "../src/analyze/size/pool_trial.ts";
import { parseRecordedTrace } from "../src/replay/recorded_trace.ts";
import type { RecordedTrace } from "../src/replay/trace_columns.ts";

function read(name: string): RecordedTrace {
  const file = new URL(`../data/optee-4.0.0/${name}.trace.gz`, import.meta.url);
  const trace = parseRecordedTrace(gunzipSync(readFileSync(file)));
  if (!trace.ok) throw new Error(trace.error);
  return trace.value;
}

function report(trace: RecordedTrace): HeapReport {
  const made = heapReport(trace, { range: { from: 0, to: trace.length } });
  if (made === undefined) throw new Error("no rows");
  return made;
}

describe("the core heap", () => {
  const trace = read("core");
  const made = report(trace);

  test("its peak and who held it, as the demo tells from the live heap", () => {
    expect(made.peak).toMatchObject({ bytes: 56112, pool: 68640, mark: "pkcs11-1007", line: 389598 });
    expect(made.peak.bySite.slice(0, 4)).toEqual([
      { site: "core/lib/libtomcrypt/ecb.c:109", blocks: 29, bytes: 23664 },
      { site: "core/lib/libtomcrypt/hash.c:117", blocks: 33, bytes: 14784 },
      { site: "core/tee/tee_obj.c:77", blocks: 57, bytes: 6384 },
      { site: "core/tee/tee_svc_cryp.c:1551", blocks: 57, bytes: 3648 },
    ]);
    expect(made.peak.bySite.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(56112);
  });

  test("the request of 800 bytes that pkcs11_1007 was refused, and how the heap lay", () => {
    expect(made.failures).toMatchObject({ count: 4, fit: "first", difference: null });
    expect(made.failures.shown.map(({ kind, mark, size }) => [kind, mark, size])).toEqual([
      ["self-test", "regression-1001", 2 ** 28],
      ["self-test", "regression-1001", 1024],
      ["self-test", "regression-1001", 1024],
      ["fragmented", "pkcs11-1007", 800],
    ]);
    expect(made.failures.shown[3]?.state).toEqual({
      size: 68640,
      allocated: 56112,
      unallocated: 12528,
      free: 12512,
      freeBlocks: 41,
      pieces: 42,
      largestFree: 400,
      largestRequest: 384,
      fragmentation: 97,
    });
    expect(findingsOf(made)[0]?.text).toMatch(/800 bytes .* 12,528 of 68,640 .* 42 pieces, the largest of 400 bytes/);
  });

  test("what is allocated at the end, and over time", () => {
    const table = 32;
    expect(made.left.bytes + table).toBe(trace.allocated[trace.length - 1]);
    expect(made.churn.allocations + made.churn.reallocs).toBe(trace.blocks);
    expect(made.timeline.columns.reduce((sum, { refused }) => sum + refused, 0)).toBe(4);
    expect(Math.max(...made.timeline.columns.map(({ peak }) => peak))).toBe(56112);
  });

  test.each([
    ["first", 68_928, 70_496],
    ["best", 57_152, 57_968],
  ] as const)("%s fit: the pools that `teemem size` finds, and one quantum below", (fit, asRecorded, served) => {
    const plan = planTrials(trace);
    const heap = { fit, word: 8, leakHeaders: false } as const;
    const at = (pool: number) => tryPool(trace, plan, heap, { pool, until: trace.length, brief: false });
    expect(at(asRecorded).newFailures).toBe(0);
    expect(at(asRecorded - 16).newFailures).toBeGreaterThan(0);
    expect([at(served).newFailures, at(served).unserved]).toEqual([0, 0]);
    expect(at(served - 16).newFailures + at(served - 16).unserved).toBeGreaterThan(0);
  });
});

test("the pkcs11 TA's heap: 307 bytes at 25,856 of 32,768", () => {
  const made = report(read("ta-fd02c9da-306c-48c7-a49c-bbd827ae86ee"));
  expect(made.peak).toMatchObject({ bytes: 25856, pool: 32768, mark: "pkcs11-1004" });
  expect(made.failures).toMatchObject({ count: 1, fit: "first" });
  expect(made.failures.shown[0]).toMatchObject({ size: 307, allocated: 25856, kind: "fragmented" });
  expect(made.knob.name).toBe("CFG_PKCS11_TA_HEAP_SIZE");
  // Counted in the file itself with awk: the smaller of both sizes is copied.
  expect(made.regrowth[0]).toMatchObject({
    site: "ta/pkcs11/src/serializer.c:184",
    reallocs: 15542,
    copied: 2089224,
    same: 954,
    least: 1,
    most: 4,
  });
  const rules = findingsOf(made).map(({ rule }) => rule);
  expect(rules).toContain("regrowth");
  expect(rules).not.toContain("churn");
});

test("every instance of the loader's heap", () => {
  const made = report(read("ldelf"));
  expect(made.instances).toHaveLength(374);
  expect(made.instances[0]?.peak).toBe(5664);
  expect(made.failures.count).toBe(0);
});
