// States of systems as text for Prometheus and OpenMetrics.
import { Counter, Gauge, Registry } from "prom-client";
import type { AlarmState, HeapState, SystemState } from "../../live/state/state.ts";
import { type Figure, HEAP_FIGURES, instanceOf, knownHeaps, SYSTEM_FIGURES, TA_FIGURES } from "./figures.ts";

/** The two forms of the text, which a scraper asks for by `Accept`. */
type MetricsForm = "prometheus" | "openmetrics";

/** Content types of the forms. */
export const CONTENT_TYPES: Readonly<Record<MetricsForm, string>> = {
  prometheus: Registry.PROMETHEUS_CONTENT_TYPE,
  openmetrics: Registry.OPENMETRICS_CONTENT_TYPE,
};

const SUFFIXES = { By: "bytes", s: "seconds", 1: "" } as const;

/** The form that a scraper prefers: OpenMetrics where it names it. */
export function formFor(accept: string): MetricsForm {
  return accept.includes("application/openmetrics-text") ? "openmetrics" : "prometheus";
}

/** All metrics of the systems at this moment. What is not known has no sample. */
export function prometheusText(
  systems: readonly SystemState[],
  version: string,
  form: MetricsForm = "prometheus",
): Promise<string> {
  const registry = new Registry();
  // The type of prom-client's class has one content type for all its objects.
  if (form === "openmetrics") registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  const add = adder(registry);
  add("teemem_build_info", "gauge", "Version of teemem", ["version"], [[{ version }, 1]]);
  for (const figure of SYSTEM_FIGURES) addFigure(add, "teemem_source", figure, ["source"], systemsOf(systems));
  add("teemem_source_state", "gauge", "1 for the state that the source is in", ["source", "state"], statesOf(systems));
  add(
    "optee_release_info",
    "gauge",
    "Release of OP-TEE, as far as it is known",
    ["source", "release"],
    releasesOf(systems),
  );
  add("teemem_alarm", "gauge", "1 for an alarm that is on", ALARM_LABELS, alarmsOf(systems));
  const pools = heapsOf(systems, "pool");
  const tas = heapsOf(systems, "ta");
  for (const figure of HEAP_FIGURES) addFigure(add, "optee_heap", figure, POOL_LABELS, pools);
  for (const figure of HEAP_FIGURES) addFigure(add, "optee_ta_heap", figure, TA_LABELS, tas);
  for (const figure of TA_FIGURES) addFigure(add, "optee_ta", figure, TA_LABELS, tas);
  return registry.metrics();
}

type Labels = Readonly<Record<string, string>>;
type Samples = Iterable<readonly [Labels, number]>;
type Add = (name: string, kind: "gauge" | "counter", help: string, labels: readonly string[], samples: Samples) => void;

const POOL_LABELS = ["source", "pool"];
const TA_LABELS = ["source", "uuid", "ta", "instance"];
const ALARM_LABELS = ["source", "rule", "heap", "silenced"];
const STATES = ["opening", "live", "silent", "lost", "ended"] as const;

function adder(registry: Registry): Add {
  return (name, kind, help, labelNames, samples) => {
    const options = { name, help, labelNames: [...labelNames], registers: [registry] };
    if (kind === "gauge") {
      const gauge = new Gauge(options);
      for (const [labels, value] of samples) gauge.set(labels, value);
    } else {
      const counter = new Counter(options);
      for (const [labels, value] of samples) counter.inc(labels, value);
    }
  };
}

function addFigure<T>(
  add: Add,
  prefix: string,
  { words, unit, kind, help, value }: Figure<T>,
  labels: readonly string[],
  all: readonly (readonly [Labels, T])[],
): void {
  const name = [prefix, ...words, SUFFIXES[unit], kind === "counter" ? "total" : ""].filter(Boolean).join("_");
  add(
    name,
    kind,
    help,
    labels,
    all.flatMap(([of, thing]) => {
      const known = value(thing);
      return known === null ? [] : [[of, known] as const];
    }),
  );
}

function systemsOf(systems: readonly SystemState[]): [Labels, SystemState][] {
  return systems.map((system) => [{ source: system.name }, system]);
}

function statesOf(systems: readonly SystemState[]): [Labels, number][] {
  return systems.flatMap((system) =>
    STATES.map((state): [Labels, number] => [{ source: system.name, state }, system.state === state ? 1 : 0]),
  );
}

function releasesOf(systems: readonly SystemState[]): [Labels, number][] {
  return systems.filter(({ release }) => release !== "").map(({ name, release }) => [{ source: name, release }, 1]);
}

function alarmsOf(systems: readonly SystemState[]): [Labels, number][] {
  return systems.flatMap(({ name, alarms }) => alarms.map((alarm): [Labels, number] => [alarmLabels(name, alarm), 1]));
}

function alarmLabels(source: string, { rule, heap, silencedUntil }: AlarmState): Labels {
  return { source, rule, heap, silenced: silencedUntil === null ? "no" : "yes" };
}

function heapsOf(systems: readonly SystemState[], kind: HeapState["kind"]): [Labels, HeapState][] {
  return systems.flatMap((system) =>
    knownHeaps(system, kind).map((heap): [Labels, HeapState] => [heapLabels(system.name, heap), heap]),
  );
}

function heapLabels(source: string, heap: HeapState): Labels {
  return heap.kind === "pool"
    ? { source, pool: heap.name }
    : { source, uuid: heap.uuid ?? "", ta: heap.name, instance: instanceOf(heap) };
}
