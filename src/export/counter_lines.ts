// The lines of a heap over time: what is allocated, and its pools.
import type { HeapCounters } from "./heap_counters.ts";
import { thinLine } from "./thin.ts";

/** Draws the counters of a heap. */
interface CounterLines {
  /** Times ascend. */
  at(time: number, counters: Pick<HeapCounters, "allocated" | "pool">): void;
  end(): void;
}

/** Emits a value where it changes, thinned to slices of microseconds (0: not at all). */
export function counterLines(
  slice: number,
  emit: (name: "pool" | "allocated", time: number, bytes: number) => void,
): CounterLines {
  const lines = (["pool", "allocated"] as const).map((name) => {
    const line = thinLine(slice, (time, bytes) => emit(name, time, bytes));
    return { name, line, before: 0 };
  });
  return {
    at(time, counters) {
      for (const one of lines) {
        const bytes = counters[one.name];
        if (bytes !== one.before) one.line.add(time, bytes);
        one.before = bytes;
      }
    },
    end() {
      for (const { line } of lines) line.end();
    },
  };
}
