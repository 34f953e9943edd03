// Tests of prometheus.ts and figures.ts.
import { expect, it } from "vitest";
import { heapState, systemState, taState } from "../../../test/support/system_states.ts";
import { formFor, prometheusText } from "./prometheus.ts";

const lines = async (...systems: Parameters<typeof systemState>): Promise<string[]> =>
  (await prometheusText(systems.map(systemState), "1.2.3")).split("\n");

it("tells every figure of pools and TAs under the name of its unit", async () => {
  const pool = heapState({
    failures: 2,
    biggestFailure: 16_384,
    biggestFailureUsed: 60_000,
    free2Sum: 32_768 ** 2 / 4,
  });
  const text = await lines({ heaps: [pool, taState({ panicked: true })] });
  const of = 'source="ssh://lab1",pool="Heap"';
  const ta = 'source="ssh://lab1",uuid="f04a0fe7-1f5d-4b9b-abf7-619b85b4ce8c",ta="trusted_keys",instance="2"';
  for (const line of [
    `optee_heap_size_bytes{${of}} 65536`,
    `optee_heap_allocated_bytes{${of}} 32768`,
    `optee_heap_max_allocated_bytes{${of}} 40000`,
    `optee_heap_failed_requests_total{${of}} 2`,
    `optee_heap_biggest_failed_request_bytes{${of}} 16384`,
    `optee_heap_allocated_at_biggest_failure_bytes{${of}} 60000`,
    `optee_heap_fragmentation{${of}} 0.75`,
    `optee_ta_heap_size_bytes{${ta}} 32768`,
    `optee_ta_heap_allocated_bytes{${ta}} 1280`,
    `optee_ta_heap_max_allocated_bytes{${ta}} 4096`,
    `optee_ta_heap_failed_requests_total{${ta}} 0`,
    `optee_ta_sessions{${ta}} 1`,
    `optee_ta_panicked{${ta}} 1`,
    'teemem_source_up{source="ssh://lab1"} 1',
    'teemem_source_answers_total{source="ssh://lab1"} 3',
    'teemem_source_last_answer_timestamp_seconds{source="ssh://lab1"} 1790000002.5',
    'teemem_source_state{source="ssh://lab1",state="live"} 1',
    'teemem_source_state{source="ssh://lab1",state="lost"} 0',
    'optee_release_info{source="ssh://lab1",release="4.10.0"} 1',
    'teemem_build_info{version="1.2.3"} 1',
  ])
    expect(text).toContain(line);
});

it("has no sample for what is not known, for what is gone, and for heaps of a system that does not answer", async () => {
  const unknown = heapState({ size: null, allocated: null, max: null, failures: null, biggestFailure: null });
  const some = await lines({ heaps: [unknown, taState({ gone: true })], release: "", sampled: null });
  expect(some.filter((line) => /^optee_/.test(line))).toEqual([
    'optee_heap_allocated_at_biggest_failure_bytes{source="ssh://lab1",pool="Heap"} 0',
  ]);
  expect(some.filter((line) => line.startsWith("teemem_source_last"))).toEqual([]);
  for (const state of ["opening", "silent", "lost"] as const) {
    const text = await lines({ state });
    expect(text).toContain('teemem_source_up{source="ssh://lab1"} 0');
    expect(text.filter((line) => line.startsWith("optee_heap"))).toEqual([]);
  }
});

it("tells the alarms that are on, and which of them are silenced", async () => {
  const alarm = { rule: "near peak", heap: "pool:Heap", since: 1, text: "", silencedUntil: null };
  const text = await lines({ alarms: [alarm, { ...alarm, rule: "lost", heap: "", silencedUntil: 9 }] });
  expect(text).toContain('teemem_alarm{source="ssh://lab1",rule="near peak",heap="pool:Heap",silenced="no"} 1');
  expect(text).toContain('teemem_alarm{source="ssh://lab1",rule="lost",heap="",silenced="yes"} 1');
});

it("escapes what names may hold", async () => {
  const text = await lines({ name: 'exec:a "b"\\\nc', heaps: [heapState({ name: "<script>" })] });
  expect(text).toContain('optee_heap_size_bytes{source="exec:a \\"b\\"\\\\\\nc",pool="<script>"} 65536');
});

it("is OpenMetrics for who asks for it: counters without their suffix in TYPE, and an end", async () => {
  expect(formFor("application/openmetrics-text;version=1.0.0,text/plain;q=0.5")).toBe("openmetrics");
  expect(formFor("text/plain")).toBe("prometheus");
  const text = await prometheusText([systemState()], "1", "openmetrics");
  expect(text).toContain("# TYPE optee_heap_failed_requests counter\n");
  expect(text).toContain('optee_heap_failed_requests_total{source="ssh://lab1",pool="Heap"} 0\n');
  expect(text.endsWith("# EOF\n")).toBe(true);
});
