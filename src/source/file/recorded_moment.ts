// The counters of heaps at a moment of a recording, added up from its operations.
import type { TaRecord } from "../../abi/record.ts";
import { type Counters, countOperation, zeroCounters } from "../../malloc/counters.ts";
import type { CommandSpan, Recording } from "../../recording/recording.ts";
import type { Instance, RecordedTrace } from "../../replay/trace_columns.ts";
import { rowAt } from "../../replay/trace_rows.ts";

/** Microseconds on the clock of a recording. */
export type RecordedTime = number;

/** The counters of one instance of a heap at a moment, added up from its operations. */
export function statsAt(trace: RecordedTrace, index: number, moment: RecordedTime): Counters {
  const stats = zeroCounters();
  const instance = trace.instances[index];
  if (instance === undefined) return stats;
  for (let row = instance.first; row <= instance.last; row++) {
    const rows = rowAt(trace, row);
    const at = row - rows.first;
    if ((rows.time[at] as number) > moment) break;
    if (rows.instance[at] !== index) continue;
    const [op, size, arg] = [rows.op[at] as number, rows.size[at] as number, rows.arg[at] as number];
    countOperation(stats, op, size, arg, rows.result[at] as number, rows.allocated[at] as number);
  }
  return stats;
}

/** The instances of TAs that are there at a moment. */
export function tasAt(recording: Recording, moment: RecordedTime): TaRecord[] {
  return recording.traces.flatMap((trace, number) => {
    if (!trace.context.startsWith("ta-")) return [];
    const entries = new Map<number, CommandSpan[]>();
    for (const span of recording.entries) {
      if (span.trace !== number) continue;
      const list = entries.get(span.instance) ?? [];
      entries.set(span.instance, list);
      list.push(span);
    }
    return trace.instances.flatMap((instance, index) => {
      const own = entries.get(index) ?? [];
      const sessions = own.length > 0 ? sessionsAt(trace, own, moment) : 1;
      if (!isThere(trace, instance, own, moment)) return [];
      const uuid = trace.context.slice("ta-".length);
      return [{ uuid, panicked: 0, sessions, heap: { name: "", ...statsAt(trace, index, moment) } }];
    });
  });
}

/** With entries it is there until it is destroyed, else until its last operation. */
function isThere(
  trace: RecordedTrace,
  { first, last }: Instance,
  entries: readonly CommandSpan[],
  moment: RecordedTime,
): boolean {
  if (timeOf(trace, first) > moment) return false;
  if (entries.length === 0) return timeOf(trace, last) > moment;
  const destroyed = entries.find(({ name }) => name === "destroy");
  return destroyed === undefined || timeOf(trace, destroyed.to - 1) > moment;
}

function sessionsAt(trace: RecordedTrace, entries: readonly CommandSpan[], moment: RecordedTime): number {
  const count = (name: string): number =>
    entries.filter((span) => span.name === name && timeOf(trace, span.to - 1) <= moment).length;
  return Math.max(0, count("open") - count("close"));
}

/** Time of a row; that of the last where there is none. */
function timeOf(trace: RecordedTrace, row: number): number {
  const there = Math.max(0, Math.min(row, trace.length - 1));
  const { time, first } = rowAt(trace, there);
  return time[there - first] as number;
}
