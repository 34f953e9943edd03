// Watches a source: what its events say of the memory of TAs, while a workload runs or until it is enough.
import { err, ok, type Result } from "../../base/result.ts";
import type { Release } from "../../release/release.ts";
import { type Following, follow } from "../../source/follow.ts";
import { isTraced, type Source } from "../../source/source.ts";
import type { TaMoment } from "../../tee/kernel/inspect.ts";
import { createMonitor } from "../../tee/monitor/monitor.ts";
import type { CommandRecord } from "../../tee/monitor/record.ts";
import type { Watched } from "../../tee/monitor/watched.ts";
import { interruptible, stopSignal } from "../systems/signals.ts";
import { unknownName } from "../systems/unknown_name.ts";
import { type MeantWorkload, neverEntered } from "./stage.ts";

/** A system that is watched. */
export interface WatchStage {
  /** UUID of the TA in question; empty where it is only known by its name, or where several are watched. */
  readonly uuid: string;
  /** Of several, all names. */
  readonly name: string;
  readonly version: string;
  readonly release: Release;
  readonly watch: Watched;
  /** What to say before it runs; mostly nothing. */
  readonly note: string;
  /** Runs the workload, or waits where there is none, and ends the watching. */
  run(): Promise<Result<void>>;
  /** Instances of the TA that still run then. */
  running(): readonly TaMoment[];
}

/** What to watch, besides the system. */
interface WatchPlan {
  /** UUID or name of a TA; default that of the workload, or all. */
  readonly ta: string | undefined;
  /** Null: what other programs do is watched. */
  readonly workload: MeantWorkload | null;
  /** Without a workload: wait for the first end of an instance, not only for a signal. */
  readonly untilExit: boolean;
  /** Without a workload: aborting it ends the waiting, too. */
  readonly over: AbortController;
  /** Without a workload: is called with every record. */
  readonly onRecord: (record: CommandRecord) => void;
}

/** Watches a source from now on. An error if it has no events, or takes no calls where a workload makes some. */
export async function openWatch(source: Source, plan: WatchPlan): Promise<Result<WatchStage>> {
  const { workload } = plan;
  if (source.answers.has("recording"))
    return err(`${source.name} is a recording: 'teemem report' shows it, 'teemem watch' follows a system that runs`);
  if (!isTraced(source)) return err(`${source.name} reports no events, so it cannot be watched`);
  if (workload !== null && source.client === undefined)
    return err(`${source.name} takes no calls: leave out the workload`);
  const tas = workload?.tas ?? [];
  const [only, ...others] = tas;
  const one = others.length === 0 ? only?.uuid : undefined;
  const which = workload === null ? plan.ta : tas.map(({ uuid }) => uuid);
  const watch = createMonitor({
    ...(which === undefined ? {} : { ta: which }),
    onRecord: workload === null ? plan.onRecord : () => {},
    onEnd: () => plan.untilExit && plan.over.abort(),
  });
  const following = follow(source, watch.feed);
  let running: readonly TaMoment[] = [];
  return ok({
    uuid: one ?? "",
    name: workload === null ? (plan.ta ?? "") : tas.map(({ name }) => name).join(", "),
    version: source.version,
    release: source.release,
    watch,
    note: workload === null && plan.ta !== undefined ? await unknownName(source, plan.ta) : "",
    async run() {
      const ran = workload ? await workload.run(source) : await waitFor(following, plan.over);
      const live = await interruptible(async (signal) => {
        await following.caughtUp(signal);
        return source.ask("running", signal, { ta: workload === null ? plan.ta : one });
      });
      following.stop();
      if (live.ok) running = live.value.filter(({ uuid }) => workload === null || tas.some((ta) => ta.uuid === uuid));
      if (source.lost !== "") return err(source.lost);
      // Nothing was looked at, which is no all-clear.
      if (ran.ok && workload !== null && watch.highest === null && watch.ended.length === 0 && following.lost === 0)
        return err(neverEntered(tas));
      if (ran.ok && following.lost > 0) return err(`${lostOnTheWay(following)}; the figures have gaps`);
      return ran;
    },
    running: () => running,
  });
}

/** A sentence about events that are missing. */
export function lostOnTheWay({ lost }: Pick<Following, "lost">): string {
  return `${lost} events were lost, because they came too fast`;
}

/** Until a signal of the user, the end of the events, or `over` is aborted: which it is then. */
async function waitFor(following: Pick<Following, "ended">, over: AbortController): Promise<Result<void>> {
  const { signal } = over;
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([stopSignal(signal), following.ended, aborted]);
  over.abort();
  return ok(undefined);
}
