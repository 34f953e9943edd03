// `teemem top --json`: the first line waits for every system; a system that fails makes the exit code.
import { expect, it } from "vitest";
import { heapState, systemState } from "../../../test/support/system_states.ts";
import type { FleetChange } from "../../live/state/change.ts";
import type { Fleet } from "../../live/state/fleet.ts";
import type { SystemState } from "../../live/state/state.ts";
import type { Io } from "../outputs/outcome.ts";
import { printStates } from "./top_lines.ts";

const HEAP = heapState({ size: 100, allocated: 40, max: 60, history: { times: [1], allocated: [40] } });

function system(name: string, more: Partial<SystemState>): SystemState {
  const opening = { state: "opening", since: 5.4, epoch: 1000, heaps: [], samples: 0, sampled: null } as const;
  return systemState({ name, ...opening, ...more });
}

/** A fleet whose systems are set from outside. */
function fakeFleet(...first: SystemState[]) {
  const hearers = new Set<(change: FleetChange) => void>();
  let systems = first;
  return {
    set(...next: SystemState[]): void {
      systems = next;
      for (const hear of hearers) hear({} as FleetChange);
    },
    fleet: {
      get systems() {
        return systems;
      },
      listen(hear: (change: FleetChange) => void) {
        hearers.add(hear);
        return () => void hearers.delete(hear);
      },
    } as unknown as Fleet,
  };
}

function collected() {
  const lines: string[] = [];
  const gone = new AbortController();
  const out = { gone: gone.signal, waiting: 0, writeData: (text: string) => lines.push(text), flush: async () => {} };
  return { lines, gone, io: { out } as unknown as Io };
}

const NEVER = new Promise<never>(() => {});
const FORM = { period: 1, wall: () => 77, over: NEVER };

it("the first line waits until each system has answered or failed", async () => {
  const { fleet, set } = fakeFleet(system("a", {}), system("b", { state: "live", sampled: 6 }));
  const { lines, io } = collected();
  const code = printStates(fleet, { ...FORM, once: true }, io);
  set(system("a", {}), system("b", { state: "live", sampled: 7 }));
  await Promise.resolve();
  expect(lines).toEqual([]);
  const alarm = { rule: "full", heap: "pool:Heap", since: 3, text: "It is full.", silencedUntil: null };
  const live = system("a", { state: "live", sampled: 8, heaps: [HEAP], alarms: [alarm] });
  set(live, system("b", { state: "silent", trouble: "no answer", sampled: 7 }));
  expect(await code).toBe(1);
  const [line = ""] = lines;
  expect(lines).toHaveLength(1);
  expect(line.endsWith("\n")).toBe(true);
  const { history: _, max: __, ...heap } = HEAP;
  expect(JSON.parse(line)).toEqual({
    time: 77,
    systems: [
      {
        ...{ name: "a", release: "4.10.0", state: "live", since: 1005, trouble: "", sampled: 1008 },
        heaps: [{ ...heap, maxAllocated: 60 }],
        alarms: [{ rule: "full", heap: "pool:Heap", since: 1003, text: "It is full.", silenced: false }],
      },
      {
        ...{ name: "b", release: "4.10.0", state: "silent", since: 1005, trouble: "no answer" },
        sampled: 1007,
        heaps: [],
        alarms: [],
      },
    ],
  });
});

it("without --once lines come until the reader has gone", async () => {
  const { fleet } = fakeFleet(system("a", { state: "live", sampled: 1 }));
  const { lines, io, gone } = collected();
  const code = printStates(fleet, { ...FORM, once: false }, io);
  while (lines.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  gone.abort();
  expect(await code).toBe(0);
});

it("a signal ends it before the first line, too", async () => {
  const { fleet } = fakeFleet(system("a", {}));
  const { lines, io } = collected();
  expect(await printStates(fleet, { ...FORM, once: false, over: Promise.resolve() }, io)).toBe(1);
  expect(lines).toEqual([]);
});
