// Live systems: the states first, changes on top of them, and histories that stay bounded without losing a spike.
import { expect, test } from "vitest";
import { heapState, systemState } from "../../../../test/support/page/states.ts";
import type { FleetChange } from "../../../live/state/change.ts";
import { changed } from "./apply_change.ts";
import { createFleet } from "./fleet.ts";

const NAME = systemState().name;

function sampleOf(time: number, allocated: number | null, gone = false): FleetChange {
  const { history: _, ...heap } = heapState({ allocated, gone });
  return { kind: "sample", system: NAME, time, samples: time, heaps: [heap] };
}

test("a sample is the next point of its history; what is not known is none", () => {
  let system = systemState();
  for (const change of [sampleOf(1, 10), sampleOf(2, null), sampleOf(3, 30)]) system = changed(system, change);
  expect(system.heaps[0]?.history).toEqual({ times: [1, 3], allocated: [10, 30] });
  expect([system.samples, system.sampled, system.heaps[0]?.allocated]).toEqual([3, 3, 30]);
});

test("what is gone has no more points", () => {
  const system = changed(changed(systemState(), sampleOf(1, 10)), sampleOf(2, 10, true));
  expect(system.heaps[0]?.history.times).toEqual([1]);
});

test("a long history is thinned, and keeps its greatest and least", () => {
  let system = systemState();
  for (let n = 0; n < 5000; n++)
    system = changed(system, sampleOf(n, n === 77 ? 60_000 : n === 78 ? 1 : 100 + (n % 7)));
  const { times, allocated } = system.heaps[0]?.history ?? { times: [], allocated: [] };
  expect(times.length).toBeLessThanOrEqual(1200);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect([Math.max(...allocated), Math.min(...allocated), times.at(-1)]).toEqual([60_000, 1, 4999]);
});

test("an alarm comes and goes", () => {
  const alarm = { rule: "r", heap: "", since: 1, text: "t", silencedUntil: null };
  const on = changed(systemState(), { kind: "alarm", system: NAME, time: 1, on: true, alarm });
  const again = changed(on, { kind: "alarm", system: NAME, time: 2, on: true, alarm: { ...alarm, text: "u" } });
  expect(again.alarms.map(({ text }) => text)).toEqual(["u"]);
  expect(changed(again, { kind: "alarm", system: NAME, time: 3, on: false, alarm }).alarms).toEqual([]);
});

test("changes are drawn together, and a new state makes those before it void", () => {
  const hearers = new Map<string, (event: { readonly data: string }) => void>();
  const later: (() => void)[] = [];
  const stream = { addEventListener: (kind: string, hear: never) => void hearers.set(kind, hear) };
  const fleet = createFleet(stream, (draw) => later.push(draw));
  const tell = (kind: string, data: unknown) => hearers.get(kind)?.({ data: JSON.stringify(data) });
  tell("state", [systemState()]);
  tell("change", sampleOf(1, 10));
  tell("change", sampleOf(2, 20));
  expect(later).toHaveLength(1);
  expect(fleet.find(NAME)?.value.samples).toBe(1);
  later.pop()?.();
  expect(fleet.find(NAME)?.value.heaps[0]?.history.times).toEqual([1, 2]);
  tell("change", sampleOf(3, 30));
  tell("state", [systemState({ samples: 9 })]);
  later.pop()?.();
  expect(fleet.find(NAME)?.value.samples).toBe(9);
  hearers.get("error")?.({ data: "" });
  expect(fleet.connection.value).toBe("lost");
});
