// Exact moments as rows of a recording, and back: a call's `enter` and `leave`, then the samples that were taken, all of one thread.
import { type AllocRecord, emptyRecord, type PartialStats, type TaRecord } from "../abi/record.ts";
import { isTaName } from "../abi/uuid.ts";
import { HEAP_NAME } from "../release/releases.ts";
import type { ClientCall, ExactMoment } from "./moment.ts";
import type { Sample } from "./recording.ts";
import type { RowSink } from "./rows.ts";
import { writeSample } from "./write_sample.ts";

/** Set in `arg` of `enter` where another client was inside of a TA, so that TAs were not asked for. */
const BUSY = 1;

/** The samples of a moment, in the order in which they were taken. Those of a TA without counters have none, either. */
export function samplesOfMoment({ thread, time, pools, tas, base }: ExactMoment): Sample[] {
  const of = (heap: string, stats: PartialStats): Sample => ({ thread, time, heap, stats });
  const known = pools.map((pool) => of(pool.name, counters(pool)));
  const [heap] = known.filter((one) => one.heap === HEAP_NAME);
  const others = known.filter((one) => one !== heap);
  const again = base === undefined ? [] : [of(HEAP_NAME, counters(base))];
  const first = heap ?? of(HEAP_NAME, {});
  // Where the core heap comes last, TAs were told before it, also if there were none.
  if (!Array.isArray(tas)) return [first, ...again, ...others];
  const told = tas.map(({ uuid, heap: own }) => of(uuid, own.size === 0 ? {} : counters(own)));
  return [first, ...others, ...told, ...again];
}

function counters({ name: _name, ...stats }: AllocRecord): PartialStats {
  return stats;
}

/** A moment on the clock of a recording that begins at `start`. */
export function since(start: number, moment: ExactMoment): ExactMoment {
  const at = (time: number): number => Math.max(0, time - start);
  const { call, time } = moment;
  return {
    ...moment,
    time: at(time),
    call: call === null ? null : { ...call, from: at(call.from), to: at(call.to) },
  };
}

/** Writes a moment whose times are those of the recording. */
export function writeMoment(moment: ExactMoment, writer: RowSink): void {
  const { call, thread, tas } = moment;
  if (call !== null) {
    const row = { heap: `ta-${call.uuid}`, instance: call.session, name: call.name, thread };
    writer.add({ op: "enter", time: call.from, ...row, arg: tas === "busy" ? BUSY : 0 });
    writer.add({ op: "leave", time: call.to, ...row, result: call.code, arg: call.origin });
  }
  for (const sample of samplesOfMoment(moment)) writeSample(sample, writer);
}

/** A row `enter` or `leave`. */
export interface TurnRow extends Pick<ClientCall, "uuid" | "name" | "session"> {
  readonly thread: string;
  readonly time: number;
  readonly arg: number;
  readonly result: number;
}

/** Makes moments of rows that come in their order. */
export interface MomentRows {
  enter(row: TurnRow): void;
  leave(row: TurnRow): void;
  sample(sample: Sample): void;
  finish(): ExactMoment[];
}

/** Of a recording without such rows it makes nothing. */
export function createMomentRows(): MomentRows {
  const moments: ExactMoment[] = [];
  let entered: TurnRow | null = null;
  let call: ClientCall | null = null;
  let busy = false;
  let samples: Sample[] = [];

  function end(): void {
    const [first] = samples;
    if (first?.thread !== undefined)
      moments.push({ thread: first.thread, time: first.time, call, ...told(samples, busy) });
    samples = [];
    call = null;
    busy = false;
  }
  return {
    enter(row) {
      end();
      entered = row;
    },
    leave({ uuid, name, session, time, result, arg, thread }) {
      end();
      if (entered?.thread !== thread || entered.uuid !== uuid || entered.name !== name) return;
      call = { uuid, name, session, from: entered.time, to: time, code: result, origin: arg };
      busy = entered.arg === BUSY;
      entered = null;
    },
    sample(sample) {
      const [first] = samples;
      if (first !== undefined && (first.thread !== sample.thread || first.time !== sample.time)) end();
      samples.push(sample);
    },
    finish() {
      end();
      return moments;
    },
  };
}

function told(samples: readonly Sample[], busy: boolean): Pick<ExactMoment, "pools" | "tas" | "base"> {
  const [, again] = samples.filter(({ heap }) => heap === HEAP_NAME);
  const pools = samples.filter((one) => one !== again && !isTaName(one.heap) && one.stats.allocated !== undefined);
  const tas = samples.filter(({ heap }) => isTaName(heap)).map(ta);
  return {
    pools: pools.map(({ heap, stats }) => record(heap, stats)),
    tas: busy ? "busy" : again !== undefined && again === samples.at(-1) ? tas : undefined,
    base: again === undefined ? undefined : record(again.heap, again.stats),
  };
}

function ta({ heap, stats }: Sample): TaRecord {
  return { uuid: heap, panicked: 0, sessions: 0, heap: record("", stats) };
}

function record(name: string, stats: PartialStats): AllocRecord {
  return { ...emptyRecord(name), ...stats };
}
