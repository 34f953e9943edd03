// A whole recorded run on the embedded system: core heap, TA heaps and TA memory move together, event by event.
import { assert } from "../../base/assert.ts";
import { addPool } from "../../malloc/add_pool.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import { OP } from "../../malloc/operation.ts";
import { performOperation } from "../../malloc/perform.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import type { Core } from "../../tee/kernel/core.ts";
import { rememberEnd } from "../../tee/kernel/ended_tas.ts";
import type { PageRange } from "../../tee/kernel/page_pool.ts";
import type { UserTa } from "../../tee/kernel/ta_instance.ts";
import { giveTaPages, takeTaPages } from "../../tee/kernel/ta_memory.ts";
import type { XtestOutput } from "../../xtest/output.ts";
import { xtestStats } from "../client/xtest_stats.ts";
import { systemOf } from "./sim_system.ts";
import type { TaRange } from "./ta_ram_trace.ts";

/** What was recorded. */
export interface RecordedRun {
  readonly core: RecordedTrace;
  /** Traces of TAs, whose context is `ta-UUID`. */
  readonly tas: readonly RecordedTrace[];
  readonly taRam: readonly TaRange[];
}

/** A run in progress. */
export interface RecordedSystem {
  readonly core: Core;
  readonly recording: RecordedRun;
  /** Next row of the core trace. */
  readonly row: number;
  /** Plays the core's rows before `end`, and what happened in the TAs meanwhile. */
  playTo(end: number): void;
  /**
   * Plays a mark to its end and returns what its command printed, where that was `xtest --stats`: such a command is not
   * replayed but performed, by a client on this system.
   */
  playMark(name: string): Promise<XtestOutput[]>;
  /** Where a live block of the core heap came from, `file:line`, by payload offset. */
  siteOf(block: number): string | undefined;
}

const SESSION_SITE = /user_ta_entry\.c:233$/;
const STATS = /^xtest --stats (.*)$/;

/** Puts a recording on a core that has not booted: the boot is part of what was recorded. */
export function createRecordedSystem(core: Core, recording: RecordedRun): RecordedSystem {
  const trace = recording.core;
  const player = createHeapPlayer(core.heap, trace);
  const tas = recording.tas.map((ta) => createTaPlayer(core, ta));
  const takes = new Map(recording.taRam.map((range) => [range.take, range]));
  const gives = new Map(recording.taRam.filter(({ give }) => give >= 0).map((range) => [range.give, range]));
  const pages = new Map<TaRange, PageRange>();
  // The pool and its table are there as soon as the core is.
  let row = trace.instances[0]?.pools[0]?.tableRow ?? -1;
  row++;

  function playTo(end: number): void {
    for (; row < Math.min(end, trace.length); row++) {
      const until = trace.time[row] as number;
      for (const ta of tas) ta.playUntil(until);
      player.play(row);
      const taken = takes.get(row);
      if (taken) enter(taken);
      const given = gives.get(row);
      if (given) leave(given);
    }
  }
  function enter(range: TaRange): void {
    const place = takeTaPages(core, range.pages * core.taRam.granule);
    assert(place !== null, "the recorded system had room for its trusted applications");
    pages.set(range, place);
  }
  function leave(range: TaRange): void {
    const place = pages.get(range);
    if (place) giveTaPages(core, place);
    pages.delete(range);
    // The memory of its data is the last thing that goes with an instance.
    if (range.what === "data") tas.find(({ uuid }) => uuid === range.uuid)?.end();
  }
  return {
    core,
    recording,
    get row() {
      return row;
    },
    playTo,
    async playMark(name) {
      const index = trace.marks.findIndex((mark) => mark.name === name);
      const mark = trace.marks[index];
      if (mark === undefined) return [];
      playTo(mark.row);
      const end = trace.marks[index + 1]?.row ?? trace.length;
      const stats = STATS.exec(mark.command);
      if (stats === null) {
        playTo(end);
        return [];
      }
      row = end;
      return xtestStats(systemOf(core), (stats[1] ?? "").split(" "));
    },
    siteOf: player.siteOf,
  };
}

interface HeapPlayer {
  play(row: number): void;
  siteOf(pointer: number): string | undefined;
}

/** Performs rows of a trace on a heap, whatever addresses that gives. */
function createHeapPlayer(ctx: MallocContext, trace: RecordedTrace): HeapPlayer {
  const pointers = new Int32Array(trace.blocks);
  const sites = new Map<number, string>();
  return {
    play(row) {
      const place = trace.sites[trace.site[row] as number]?.place ?? "";
      const colon = place.lastIndexOf(":");
      const file = place.slice(0, colon);
      const line = Number(place.slice(colon + 1));
      const size = trace.size[row] as number;
      const arg = trace.arg[row] as number;
      const ended = trace.ends[row] as number;
      const old = ended < 0 ? 0 : (pointers[ended] as number);
      const op = trace.op[row] as number;
      const made = op === OP.P ? 0 : performOperation(ctx, op, old, size, arg, file, line);
      const kept = op === OP.R && made === 0;
      if (ended >= 0 && !kept) {
        sites.delete(old);
        pointers[ended] = 0;
      }
      if (made === 0) return;
      sites.set(made, place);
      const makes = trace.makes[row] as number;
      if (makes >= 0) pointers[makes] = made;
    },
    siteOf: (pointer) => sites.get(pointer),
  };
}

interface TaPlayer {
  readonly uuid: string;
  /** Plays what happened up to a time in microseconds since reset. */
  playUntil(time: number): void;
  /** Ends the oldest instance. */
  end(): void;
}

/** Lets the instances of one TA come, work and go. */
function createTaPlayer(core: Core, trace: RecordedTrace): TaPlayer {
  const uuid = trace.context.replace(/^ta-/, "");
  const players: HeapPlayer[] = [];
  const instances: UserTa[] = [];
  let row = 0;
  function play(at: number): void {
    const index = trace.instance[at] as number;
    const instance = trace.instances[index];
    if (trace.op[at] === OP.P && instance) {
      const address = trace.pointer[at] as number;
      const length = trace.size[at] as number;
      const heap = createContext(new Uint8Array(length), { base: address });
      addPool(heap, 0, length);
      players[index] = createHeapPlayer(heap, trace);
      const ta: UserTa = { uuid, panicked: false, sessions: 0, heap };
      instances[index] = ta;
      core.userTas.push(ta);
      return;
    }
    const pool = instance?.pools.find(({ tableRow }) => tableRow === at);
    const ta = instances[index];
    if (pool !== undefined || ta === undefined) return;
    // A session is in the TA's list from one block's allocation to its release.
    const place = trace.sites[trace.site[at] as number]?.place ?? "";
    if (SESSION_SITE.test(place)) ta.sessions++;
    if (/user_ta_entry\.c:252$/.test(place)) ta.sessions--;
    players[index]?.play(at);
  }
  return {
    uuid,
    playUntil(time) {
      while (row < trace.length && (trace.time[row] as number) <= time) play(row++);
    },
    end() {
      const index = core.userTas.findIndex((ta) => ta.uuid === uuid);
      const [ended] = index < 0 ? [] : core.userTas.splice(index, 1);
      if (ended) rememberEnd(core, ended, "");
    },
  };
}
