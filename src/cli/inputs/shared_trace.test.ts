// Tests of shared_trace.ts.
import { expect, test } from "vitest";
import { createRecorder } from "../../../test/support/record.ts";
import { malloc } from "../../malloc/malloc.ts";
import { sharedCopy, shareTrace } from "./shared_trace.ts";

test("a copy has the same numbers, in memory that threads share", () => {
  const copy = sharedCopy(Float64Array.of(1, 2.5, -3));
  expect([...copy]).toEqual([1, 2.5, -3]);
  expect(copy.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test("a trace is shared but for the columns that no trial reads", () => {
  const recorder = createRecorder();
  malloc(recorder.life(4096), 100, "a.c", 1);
  const trace = recorder.trace();
  const shared = shareTrace(trace);
  expect(Object.keys(shared).sort()).toEqual(Object.keys(trace).sort());
  for (const [name, value] of Object.entries(trace)) {
    const copy = (shared as unknown as Record<string, unknown>)[name];
    if (!ArrayBuffer.isView(value)) expect(copy).toBe(value);
    else if (["time", "thread", "result"].includes(name)) expect((copy as Int32Array).length).toBe(0);
    else {
      expect(copy).toEqual(value);
      expect((copy as Int32Array).buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  }
});
