import type { CommandSpan } from "./recording.ts";

/** Makes spans of the moments at which trusted applications are entered and left. */
export interface Spans {
  /** An instance of a heap is entered or left, before the row `row` of its trace. */
  turn(enter: boolean, heap: string, instance: number, name: string, row: number): void;
  /** All spans, by trace. What was never left ends at its trace's last row; instances without a row have none. */
  finish(instanceOf: (heap: string, number: number) => number, lengthOf: (heap: string) => number): CommandSpan[];
}

interface Turn {
  readonly heap: string;
  readonly instance: number;
  readonly name: string;
  readonly from: number;
  to: number;
}

/** Spans of heaps whose contexts stand in the order of their traces. */
export function createSpans(contexts: readonly string[]): Spans {
  const open: Turn[] = [];
  const done: Turn[] = [];
  return {
    turn(enter, heap, instance, name, row) {
      if (enter) {
        open.push({ heap, instance, name, from: row, to: -1 });
        return;
      }
      const at = open.findLastIndex((turn) => turn.heap === heap && turn.instance === instance && turn.name === name);
      const [turn] = at < 0 ? [] : open.splice(at, 1);
      if (turn !== undefined) done.push({ ...turn, to: row });
    },
    finish(instanceOf, lengthOf) {
      const all = [...done, ...open.map((turn) => ({ ...turn, to: lengthOf(turn.heap) }))];
      return contexts.flatMap((context, trace) =>
        all
          .filter(({ heap }) => heap === context)
          .map(({ instance, name, from, to }) => {
            const uuid = context.replace(/^ta-/, "");
            return { trace, instance: instanceOf(context, instance), name, from, to, uuid };
          })
          .filter(({ instance }) => instance >= 0),
      );
    },
  };
}
