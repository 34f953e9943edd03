// What becomes known of systems, one change at a time: with the states first and all changes behind them, anybody stays up to date.
import type { AlarmState, ConsoleLineState, Happening, HeapState, SystemState } from "./state.ts";

/** The counters of a heap at one moment: its state without what it was before. */
type HeapFigures = Omit<HeapState, "history">;

/** A change of one system. `system` is its name, `time` milliseconds on the clock of the fleet. */
export type FleetChange =
  | {
      readonly kind: "state";
      readonly system: string;
      readonly time: number;
      readonly now: Pick<SystemState, "state" | "since" | "trouble" | "release" | "can">;
    }
  /** An answer: all heaps, those that are gone among them. `allocated` at `time` is the next point of each history. */
  | {
      readonly kind: "sample";
      readonly system: string;
      readonly time: number;
      readonly samples: number;
      readonly heaps: readonly HeapFigures[];
    }
  | { readonly kind: "happening"; readonly system: string; readonly time: number; readonly what: Happening }
  | { readonly kind: "line"; readonly system: string; readonly time: number; readonly line: ConsoleLineState }
  /** `on` false: it is over. A silence that begins or ends comes as a change, too. */
  | {
      readonly kind: "alarm";
      readonly system: string;
      readonly time: number;
      readonly on: boolean;
      readonly alarm: AlarmState;
    };
