// The live systems as the page knows them: the server's states first, then its changes, one signal for each system.
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FleetChange } from "../../../live/state/change.ts";
import type { SystemState } from "../../../live/state/state.ts";
import { changed } from "./apply_change.ts";

/** Open once the states are known. */
type Connection = "none" | "connecting" | "open" | "lost";

export interface LiveFleet {
  /** In the order of the server. The list changes where systems come or go, each system with its changes. */
  readonly systems: ReadonlySignal<readonly ReadonlySignal<SystemState>[]>;
  readonly connection: ReadonlySignal<Connection>;
  /** By name; undefined where no system has it. */
  find(name: string): ReadonlySignal<SystemState> | undefined;
}

/** The events of a server that this needs. */
export interface EventStream {
  addEventListener(kind: "state" | "change", hear: (event: { readonly data: string }) => void): void;
  addEventListener(kind: "error", hear: () => void): void;
}

/**
 * Follows a stream; null is a page without a server. The browser connects again by itself, and the server then sends all states
 * anew. Changes are drawn with the next frame, however many come: `later` calls back then.
 */
export function createFleet(stream: EventStream | null, later: (draw: () => void) => void): LiveFleet {
  const systems = signal<readonly Signal<SystemState>[]>([]);
  const connection = signal<Connection>(stream === null ? "none" : "connecting");
  const byName = new Map<string, Signal<SystemState>>();
  let waiting: FleetChange[] = [];

  const drawChanges = (): void => {
    const changes = waiting;
    waiting = [];
    batch(() => {
      for (const change of changes) {
        const system = byName.get(change.system);
        if (system !== undefined) system.value = changed(system.value, change);
      }
    });
  };
  stream?.addEventListener("error", () => {
    connection.value = "lost";
  });
  stream?.addEventListener("state", ({ data }) => {
    const states = JSON.parse(data) as SystemState[];
    waiting = [];
    batch(() => {
      byName.clear();
      for (const state of states) byName.set(state.name, signal(state));
      systems.value = [...byName.values()];
      connection.value = "open";
    });
  });
  stream?.addEventListener("change", ({ data }) => {
    if (waiting.push(JSON.parse(data) as FleetChange) === 1) later(drawChanges);
  });
  return { systems, connection, find: (name) => systems.value.find((one) => one.peek().name === name) };
}
