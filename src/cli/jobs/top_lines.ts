// `teemem top --json`: the state of all systems as a line of JSON, once or again and again.
import type { Fleet } from "../../live/state/fleet.ts";
import type { HeapState, SystemState } from "../../live/state/state.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { ExitCode, Io } from "../outputs/outcome.ts";
import type { TopJson } from "../schemas/top.ts";

/** How often, and until when. */
interface LineForm {
  /** Milliseconds from line to line. */
  readonly period: number;
  /** One line is enough. */
  readonly once: boolean;
  /** Milliseconds since 1970. */
  readonly wall: () => number;
  /** Nobody wants more. */
  readonly over: Promise<unknown>;
}

/** Characters that wait for a slow reader before lines are left out. */
const MOST_WAITING = 2 ** 20;

/** The first line comes when each system has answered, or has failed to. Exit code 1 where one of the last line has failed. */
export async function printStates(fleet: Fleet, { period, once, wall, over }: LineForm, io: Io): Promise<ExitCode> {
  const done = new AbortController();
  const end = Promise.race([over, gone(io.out.gone)]).finally(() => done.abort());
  await Promise.race([allSettled(fleet), end]);
  let failed = !fleet.systems.every(isWell);
  const put = (): void => {
    failed = !fleet.systems.every(isWell);
    if (io.out.waiting > MOST_WAITING) return;
    io.out.writeData(describedJson<TopJson>()(lineOf(fleet.systems, wall())));
    // What goes wrong is told when all is handed over.
    io.out.flush().catch(() => {});
  };
  if (!done.signal.aborted) put();
  if (once || done.signal.aborted) return failed ? 1 : 0;
  const timer = setInterval(put, period);
  await end;
  clearInterval(timer);
  return failed ? 1 : 0;
}

function allSettled(fleet: Fleet): Promise<void> {
  const settled = (): boolean => fleet.systems.every(({ sampled, state }) => sampled !== null || state !== "opening");
  return new Promise((resolve) => {
    if (settled()) return resolve();
    const leave = fleet.listen(() => {
      if (!settled()) return;
      leave();
      resolve();
    });
  });
}

function gone(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function isWell({ state, sampled }: SystemState): boolean {
  return sampled !== null && (state === "live" || state === "ended");
}

/** The line of one moment. Times of the clock become wall time. */
function lineOf(systems: readonly SystemState[], time: number) {
  return {
    time,
    systems: systems.map(({ name, state, since, epoch, trouble, release, sampled, heaps, alarms }) => ({
      name,
      release,
      state,
      since: Math.round(epoch + since),
      trouble,
      sampled: sampled === null ? null : Math.round(epoch + sampled),
      heaps: heaps.map(heapOf),
      alarms: alarms.map((alarm) => ({
        rule: alarm.rule,
        heap: alarm.heap,
        since: Math.round(epoch + alarm.since),
        text: alarm.text,
        silenced: alarm.silencedUntil !== null,
      })),
    })),
  };
}

/** Counters are called as `teemem stats --json` calls them. */
function heapOf({ max, history: _, ...heap }: HeapState) {
  return { ...heap, maxAllocated: max };
}
