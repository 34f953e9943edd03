// States of systems as OTLP metrics in JSON (opentelemetry-proto 1.x, ExportMetricsServiceRequest).
import type { HeapState, SystemState } from "../../live/state/state.ts";
import { type Figure, HEAP_FIGURES, instanceOf, knownHeaps, SYSTEM_FIGURES, TA_FIGURES } from "./figures.ts";

/** A request of the metrics service, as much of its JSON form as is used. */
interface OtlpRequest {
  readonly resourceMetrics: readonly OtlpResource[];
}

interface OtlpResource {
  readonly resource: { readonly attributes: readonly OtlpAttribute[] };
  readonly scopeMetrics: readonly {
    readonly scope: { readonly name: string; readonly version: string };
    readonly metrics: readonly OtlpMetric[];
  }[];
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

interface OtlpMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly gauge?: { readonly dataPoints: readonly OtlpPoint[] };
  readonly sum?: {
    readonly dataPoints: readonly OtlpPoint[];
    readonly aggregationTemporality: 2;
    readonly isMonotonic: true;
  };
}

interface OtlpPoint {
  readonly attributes: readonly OtlpAttribute[];
  readonly startTimeUnixNano?: string;
  readonly timeUnixNano: string;
  /** 64 bit integers are text in JSON. */
  readonly asInt?: string;
  readonly asDouble?: number;
}

// AGGREGATION_TEMPORALITY_CUMULATIVE
const CUMULATIVE = 2;

/** When the request is made, and since when at the earliest sums run: milliseconds since 1970. */
interface OtlpTimes {
  readonly now: number;
  readonly since: number;
}

/** One resource for each system. What is not known has no point, and a metric without points is left out. */
export function otlpRequest(systems: readonly SystemState[], version: string, times: OtlpTimes): OtlpRequest {
  return {
    resourceMetrics: systems.map((system) => ({
      resource: { attributes: resourceOf(system, version) },
      scopeMetrics: [
        {
          scope: { name: "teemem", version },
          metrics: metricsOf(system, { now: times.now, since: Math.max(times.since, begun(system)) }),
        },
      ],
    })),
  };
}

/** When counters began anew for the last time, as far as that was seen. */
function begun({ happened, epoch }: SystemState): number {
  return epoch + (happened.findLast(({ kind }) => kind === "restart" || kind === "opened")?.time ?? 0);
}

function resourceOf({ name, release }: SystemState, version: string): OtlpAttribute[] {
  return attributes({
    "service.name": "teemem",
    "service.version": version,
    "optee.source": name,
    ...(release === "" ? {} : { "optee.release": release }),
  });
}

function metricsOf(system: SystemState, times: OtlpTimes): OtlpMetric[] {
  const tas = knownHeaps(system, "ta");
  const pools = knownHeaps(system, "pool");
  const poolOf = ({ name }: HeapState) => attributes({ pool: name });
  return [
    ...SYSTEM_FIGURES.map((figure) => metric("teemem.source", figure, [system], () => [], times)),
    ...HEAP_FIGURES.map((figure) => metric("optee.heap", figure, pools, poolOf, times)),
    ...HEAP_FIGURES.map((figure) => metric("optee.ta.heap", figure, tas, taOf, times)),
    ...TA_FIGURES.map((figure) => metric("optee.ta", figure, tas, taOf, times)),
  ].filter(({ gauge, sum }) => (gauge ?? sum)?.dataPoints.length !== 0);
}

function taOf(heap: HeapState): OtlpAttribute[] {
  return attributes({ "ta.uuid": heap.uuid ?? "", "ta.name": heap.name, "ta.instance": instanceOf(heap) });
}

function metric<T>(
  prefix: string,
  { words, kind, unit, help, value }: Figure<T>,
  all: readonly T[],
  attributesOf: (of: T) => readonly OtlpAttribute[],
  { now, since }: OtlpTimes,
): OtlpMetric {
  const dataPoints = all.flatMap((of) => {
    const known = value(of);
    if (known === null) return [];
    const start = kind === "counter" ? { startTimeUnixNano: nanos(since) } : {};
    const number = Number.isInteger(known) ? { asInt: String(known) } : { asDouble: known };
    return [{ attributes: attributesOf(of), ...start, timeUnixNano: nanos(now), ...number }];
  });
  const head = { name: [prefix, ...words].join("."), description: help, unit };
  return kind === "gauge"
    ? { ...head, gauge: { dataPoints } }
    : { ...head, sum: { dataPoints, aggregationTemporality: CUMULATIVE, isMonotonic: true } };
}

function nanos(ms: number): string {
  return `${Math.round(ms)}000000`;
}

function attributes(of: Readonly<Record<string, string>>): OtlpAttribute[] {
  return Object.entries(of).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
