// Turns entries and exits into spans.
import { RecordingDamage } from "./buffers.ts";
import type { CommandSpan } from "./recording.ts";

/** Makes spans of the moments at which TAs are entered and left. */
export interface Spans {
  /** An instance of a heap is entered or left, before the row `row` of its trace. Throws `RecordingDamage` where there are too many. */
  turn(enter: boolean, heap: string, instance: number, name: string, row: number): void;
  /** All spans, by trace. What was never left ends at its trace's last row; instances without a row have none. */
  finish(instanceOf: (heap: string, number: number) => number, lengthOf: (heap: string) => number): CommandSpan[];
}

interface Turn {
  readonly instance: number;
  readonly name: string;
  readonly from: number;
  to: number;
}

interface HeapTurns {
  /** In the order in which they ended. */
  readonly done: Turn[];
  /** Those that have not, in the order in which they began, and the same by instance and name. */
  readonly open: Set<Turn>;
  readonly byName: Map<string, Turn[]>;
}

const MAX_TURNS = 2 ** 20;

/** Spans of heaps whose contexts stand in the order of their traces. */
export function createSpans(contexts: readonly string[]): Spans {
  const heaps = new Map<string, HeapTurns>(
    contexts.map((context) => [context, { done: [], open: new Set(), byName: new Map() }]),
  );
  let count = 0;
  return {
    turn(enter, heap, instance, name, row) {
      const turns = heaps.get(heap);
      if (turns === undefined) return;
      const key = `${instance} ${name}`;
      const nested = turns.byName.get(key) ?? [];
      if (enter) {
        if (++count > MAX_TURNS) throw new RecordingDamage(`more than ${MAX_TURNS} entries into TAs`);
        const turn = { instance, name, from: row, to: -1 };
        turns.open.add(turn);
        turns.byName.set(key, nested);
        nested.push(turn);
        return;
      }
      const turn = nested.pop();
      if (turn === undefined) return;
      turn.to = row;
      turns.open.delete(turn);
      turns.done.push(turn);
    },
    finish(instanceOf, lengthOf) {
      return contexts.flatMap((context, trace) => {
        const { done = [], open = [] } = heaps.get(context) ?? {};
        const uuid = context.replace(/^ta-/, "");
        return [...done, ...open]
          .map(({ instance, name, from, to }) => {
            const number = instanceOf(context, instance);
            return { trace, instance: number, name, from, to: to < 0 ? lengthOf(context) : to, uuid };
          })
          .filter(({ instance }) => instance >= 0);
      });
    },
  };
}
