// Tests of otlp.ts: what the official SDK says of the same figures, and what is left out.
import { JsonMetricsSerializer } from "@opentelemetry/otlp-transformer";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { expect, it } from "vitest";
import { heapState, systemState, taState } from "../../../test/support/system_states.ts";
import { otlpRequest } from "./otlp.ts";

const TIMES = { now: 1_790_000_010_000, since: 1_790_000_000_000 };

interface Point {
  readonly attributes: readonly { readonly key: string }[];
  readonly timeUnixNano: string;
  readonly startTimeUnixNano?: string;
}
interface Metric {
  readonly name: string;
  readonly gauge?: { readonly dataPoints: readonly Point[] };
  readonly sum?: { readonly dataPoints: readonly Point[] };
}
const metricsIn = (request: {
  resourceMetrics: readonly { scopeMetrics: readonly { metrics: readonly unknown[] }[] }[];
}): Metric[] =>
  request.resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics as Metric[]));

it("has the form that the SDK's own JSON has for a gauge and for a sum", async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e8 });
  const provider = new MeterProvider({ readers: [reader] });
  const meter = provider.getMeter("teemem", "1.2.3");
  meter
    .createGauge("optee.heap.allocated", { description: "Bytes in use, block headers included", unit: "By" })
    .record(32_768, { pool: "Heap" });
  meter
    .createCounter("optee.heap.failed.requests", {
      description: "Requests that failed since the last reset of the statistics",
      unit: "1",
    })
    .add(2, { pool: "Heap" });
  await reader.forceFlush();
  const bytes = JsonMetricsSerializer.serializeRequest(exporter.getMetrics()[0] as never);
  await provider.shutdown();
  const theirs = metricsIn(JSON.parse(new TextDecoder().decode(bytes)));
  const ours = metricsIn(otlpRequest([systemState({ heaps: [heapState({ failures: 2 })] })], "1.2.3", TIMES));
  for (const metric of theirs) {
    const mine = ours.find(({ name }) => name === metric.name);
    expect(leaves(mine)).toEqual(leaves(metric));
  }
  expect(theirs).toHaveLength(2);
});

/** Names and values of what a receiver reads; times only as their form; what has the default value is left out. */
function leaves(metric: Metric | undefined): unknown {
  return JSON.parse(
    JSON.stringify(metric, (key, value) => {
      if (/TimeUnixNano$|^timeUnixNano$/.test(key))
        return key === "startTimeUnixNano" ? undefined : /^\d{19}$/.test(value);
      if (key === "asInt" || key === "asDouble") return undefined;
      return value;
    }),
  );
}

it("writes integers as text and fractions as numbers, with the attributes of the heap", () => {
  const pool = heapState({ free2Sum: 32_768 ** 2 / 4 });
  const metrics = metricsIn(otlpRequest([systemState({ heaps: [pool, taState()] })], "1", TIMES));
  const point = (name: string) => {
    const found = metrics.find((metric) => metric.name === name);
    return (found?.gauge ?? found?.sum)?.dataPoints[0];
  };
  expect(point("optee.heap.allocated")).toEqual({
    attributes: [{ key: "pool", value: { stringValue: "Heap" } }],
    timeUnixNano: "1790000010000000000",
    asInt: "32768",
  });
  expect(point("optee.heap.fragmentation")).toMatchObject({ asDouble: 0.75 });
  expect(point("optee.ta.heap.failed.requests")).toEqual({
    attributes: [
      { key: "ta.uuid", value: { stringValue: "f04a0fe7-1f5d-4b9b-abf7-619b85b4ce8c" } },
      { key: "ta.name", value: { stringValue: "trusted_keys" } },
      { key: "ta.instance", value: { stringValue: "2" } },
    ],
    startTimeUnixNano: "1790000000000000000",
    timeUnixNano: "1790000010000000000",
    asInt: "0",
  });
});

it("leaves out what is not known, and begins sums anew where counters did", () => {
  const restarted = systemState({
    heaps: [heapState({ allocated: null })],
    happened: [{ time: 5000, kind: "restart", heap: "", text: "" }],
  });
  const metrics = metricsIn(otlpRequest([restarted, systemState({ name: "b", state: "lost" })], "1", TIMES));
  expect(metrics.some(({ name }) => name === "optee.heap.allocated")).toBe(false);
  expect(metrics.filter(({ name }) => name === "optee.heap.size")).toHaveLength(1);
  expect(metrics.filter(({ name }) => name === "teemem.source.up")).toHaveLength(2);
  const sum = metrics.find(({ name }) => name === "optee.heap.failed.requests")?.sum?.dataPoints[0];
  expect(sum?.startTimeUnixNano).toBe("1790000005000000000");
});
