import { err, ok, type Result } from "../../base/result.ts";
import { createEventDecoder } from "../../daemon/event_decoder.ts";
import type { Release } from "../../release/release.ts";
import type { ConsoleSink } from "../../tee/console.ts";
import { createMonitor, monitor } from "../../tee/monitor/monitor.ts";
import type { CommandRecord } from "../../tee/monitor/record.ts";
import type { Watched } from "../../tee/monitor/watched.ts";
import { type TaMoment, taMoments } from "../../tee/ta/inspect.ts";
import { SUBSCRIBE } from "../../wire/event_body.ts";
import type { Output } from "../outputs/output.ts";
import { stopSignal } from "../systems/signals.ts";
import { type FoundDaemon, findDaemon, type SystemOptions } from "../systems/system.ts";
import { unknownName } from "../systems/unknown_name.ts";
import { findApp, setStage } from "./watched.ts";
import { parseWorkload } from "./workload.ts";

/** A system that is watched. */
export interface WatchStage {
  /** UUID of the application in question; empty where it is only known by its name, or where all are watched. */
  readonly uuid: string;
  readonly name: string;
  readonly version: string;
  readonly release: Release;
  readonly watch: Watched;
  /** What to say before it runs; mostly nothing. */
  readonly note: string;
  /** Runs the workload, or waits where there is none, and ends the watching. */
  run(): Promise<Result<void>>;
  /** Instances of the application that still run then. */
  running(): readonly TaMoment[];
}

/** What to watch, besides the system. */
export interface WatchPlan {
  /** UUID or name of an application; default the first of the workload, or all. */
  readonly ta: string | undefined;
  /** The workload; without it, what other programs do in a daemon is watched. */
  readonly words: readonly string[];
  /** Without a workload: wait for the first end of an instance, not only for a signal. */
  readonly untilExit: boolean;
  /** Without a workload: aborting it ends the waiting, too. */
  readonly over: AbortController;
  /** Without a workload: hears of every record. */
  readonly onRecord: (record: CommandRecord) => void;
}

/** Watches an embedded system, or the daemon behind the socket `on`, or without a workload the one that runs. */
export async function openWatch(
  plan: WatchPlan,
  options: SystemOptions,
  console: ConsoleSink,
  says?: Output,
): Promise<Result<WatchStage>> {
  const { ta, words } = plan;
  const chosen = [options.cfg, options.optee, options.profile].some((option) => option !== undefined);
  if (options.on !== undefined || (words.length === 0 && !chosen)) {
    const daemon = await findDaemon(options.on, process.env, says);
    if (!daemon.ok) return daemon;
    if (daemon.value !== null) return watchDaemon(daemon.value, plan);
  }
  const stage = setStage(ta, words, options, console);
  if (!stage.ok) {
    const more = words.length === 0 ? "; or start 'teemem boot', and see what other programs do there" : "";
    return err(`${stage.error}${more}`);
  }
  const { core, uuid, name, run } = stage.value;
  const watch = monitor(core, { ta: uuid });
  return ok({
    uuid,
    name,
    version: core.version,
    release: core.release,
    watch,
    note: "",
    async run() {
      const ran = await run();
      watch.stop();
      return ran;
    },
    running: () => taMoments(core, uuid),
  });
}

async function watchDaemon({ connection }: FoundDaemon, plan: WatchPlan): Promise<Result<WatchStage>> {
  const workload = plan.words.length === 0 ? ok(null) : parseWorkload(plan.words);
  const app = workload.ok && workload.value ? findApp(workload.value.apps, plan.ta, plan.words) : ok(null);
  if (!workload.ok || !app.ok) {
    await connection[Symbol.asyncDispose]();
    return workload.ok ? (app as Result<never>) : workload;
  }
  const which = app.value?.uuid ?? plan.ta;
  const watch = createMonitor({
    ...(which === undefined ? {} : { ta: which }),
    onRecord: workload.value === null ? plan.onRecord : () => {},
    onEnd: () => plan.untilExit && plan.over.abort(),
  });
  const decoder = createEventDecoder(watch.feed);
  connection.subscribe(SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS, decoder.feed);
  let running: readonly TaMoment[] = [];
  return ok({
    uuid: app.value?.uuid ?? "",
    name: app.value?.name ?? plan.ta ?? "",
    version: connection.version,
    release: connection.release,
    watch,
    note: workload.value === null && plan.ta !== undefined ? await unknownName(connection.inspect, plan.ta) : "",
    async run() {
      const ran = workload.value ? await workload.value.run(connection.client) : await waitFor(connection, plan.over);
      const live = await connection.inspect.running(which);
      if (live.ok) running = live.value;
      const why = connection.lost;
      await connection[Symbol.asyncDispose]();
      if (why !== "") return err(why);
      if (ran.ok && decoder.lost > 0)
        return err(`${decoder.lost} events were lost on the way, as they came too fast: the figures have gaps`);
      return ran;
    },
    running: () => running,
  });
}

/** Until a signal of the user, the end of the connection, or `over` is aborted: which it is then. */
async function waitFor(connection: FoundDaemon["connection"], over: AbortController): Promise<Result<void>> {
  const { signal } = over;
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([stopSignal(signal), connection.ended, aborted]);
  over.abort();
  return ok(undefined);
}
