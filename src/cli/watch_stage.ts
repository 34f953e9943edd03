import type { Layout } from "../abi/layout.ts";
import { err, ok, type Result } from "../base/result.ts";
import { connectDaemon } from "../daemon/remote_client.ts";
import type { ConsoleSink } from "../tee/console.ts";
import { createMonitor, monitor } from "../tee/monitor/monitor.ts";
import type { Watched } from "../tee/monitor/watched.ts";
import { type TaMoment, taMoments } from "../tee/ta/inspect.ts";
import { SUBSCRIBE } from "../wire/frames.ts";
import type { EmbeddedOptions } from "./embedded.ts";
import { createRemoteEvents } from "./remote_events.ts";
import { findApp, setStage } from "./watched.ts";
import { parseWorkload } from "./workload.ts";

/** A system that is watched, with a workload that has not begun. */
export interface WatchStage {
  /** UUID of the application in question. */
  readonly uuid: string;
  readonly name: string;
  readonly release: string;
  readonly layout: Layout;
  readonly watch: Watched;
  /** Runs the workload, and ends the watching. */
  run(): Promise<Result<void>>;
  /** Instances of the application that still run; none where the system cannot be asked. */
  running(): readonly TaMoment[];
}

/** Watches an embedded system, or the daemon behind the socket `on`. */
export async function openWatch(
  ta: string | undefined,
  words: readonly string[],
  options: EmbeddedOptions & { readonly on?: string },
  console: ConsoleSink,
): Promise<Result<WatchStage>> {
  if (options.on !== undefined) return remoteWatch(ta, words, options.on.replace(/^unix:/, ""));
  const stage = setStage(ta, words, options, console);
  if (!stage.ok) return stage;
  const { core, uuid, name, run } = stage.value;
  const watch = monitor(core, { ta: uuid });
  return ok({
    uuid,
    name,
    release: core.release.version,
    layout: core.release.layout,
    watch,
    async run() {
      const ran = await run();
      watch.stop();
      return ran;
    },
    running: () => taMoments(core, uuid),
  });
}

async function remoteWatch(
  ta: string | undefined,
  words: readonly string[],
  path: string,
): Promise<Result<WatchStage>> {
  const workload = parseWorkload(words);
  if (!workload.ok) return workload;
  const { apps, run } = workload.value;
  const app = findApp(apps, ta, words);
  if (!app.ok) return app;
  const { uuid, name } = app.value;
  const connected = await connectDaemon(path);
  if (!connected.ok) return err(connected.error.text);
  const connection = connected.value;
  const watch = createMonitor({ ta: uuid });
  const now = (): { seconds: number; millis: number } => {
    const at = Date.now();
    return { seconds: Math.floor(at / 1000), millis: at % 1000 };
  };
  const nameOf = (of: string): string => apps.find((one) => one.uuid === of)?.name ?? "";
  const events = createRemoteEvents(nameOf, now, watch.feed);
  connection.subscribe(SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS, events.feed);
  return ok({
    uuid,
    name,
    release: connection.release,
    layout: connection.layout,
    watch,
    async run() {
      const ran = await run(connection.client);
      const why = connection.lost;
      await connection[Symbol.asyncDispose]();
      if (why !== "") return err(why);
      if (ran.ok && events.lost > 0) return err(`${events.lost} events were lost on the way: the figures may be wrong`);
      return ran;
    },
    running: () => [],
  });
}
