// `teemem serve`: systems and recordings as a page over HTTP.
import type { Command } from "commander";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { openFleet } from "../../live/open_fleet.ts";
import { metricsRoutes } from "../../serve/metrics/metrics_routes.ts";
import { otlpTarget } from "../../serve/metrics/otlp_target.ts";
import { readBundle } from "../../serve/page/bundle.ts";
import { openServer } from "../../serve/server.ts";
import { readAlarms } from "../inputs/alarms_input.ts";
import { sendMessages } from "../jobs/fleet_messages.ts";
import { liveRecordings, placeIn } from "../jobs/live_recording.ts";
import { shownFiles } from "../jobs/shown_files.ts";
import { temporaryFolder } from "../jobs/temporary_folder.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { ownVersion } from "../outputs/own_version.ts";
import { pageFolder } from "../outputs/page_folder.ts";
import { liveSources, usualSystem } from "../systems/live_sources.ts";
import { stopSignal } from "../systems/signals.ts";
import { type ServeOptions, serveOptions, tokenOf } from "./serve_options.ts";

const NO_ALARMS = { alarms: null, webhook: null };

/** Bytes of a recording that nobody asked to keep. */
const MOST_RECORDED = 2 ** 30;

/** Arguments, options and examples of `teemem serve`. */
export function declare(command: Command): void {
  serveOptions(command);
}

/** Serves the page until a signal ends it. */
export async function run(paths: readonly string[], options: ServeOptions, io: Io): Promise<CommandResult> {
  const token = tokenOf(options, process.env);
  if (!token.ok) return token;
  const page = readBundle(pageFolder());
  if (!page.ok) return page;
  if (paths.includes("-")) return err("standard input cannot be served: write it to a file first");
  const stopped = stopSignal();
  using folder = temporaryFolder();
  const watched = options.on.filter((name) => name.startsWith("file:")).map((name) => name.slice("file:".length));
  const files = await shownFiles([...paths, ...watched], folder, io);
  if (!files.ok) return files;
  const place = options.record === undefined ? ok(folder.file) : placeIn(options.record, new Date());
  if (!place.ok) return place;
  const most = options.record === undefined ? MOST_RECORDED : Number.POSITIVE_INFINITY;
  const recordings = liveRecordings(place.value, most, io);
  const named = options.on.length + paths.length > 0 ? ok(options.on) : await usualSystems(io);
  if (!named.ok) return named;
  const sources = await liveSources({ ...options, on: named.value }, io, recordings.record);
  if (!sources.ok) return sources;
  const told = options.alarms === undefined ? ok(NO_ALARMS) : await readAlarms(options.alarms, io);
  if (!told.ok) return told;
  const otlp = otlpTarget(options.otlp, process.env);
  if (!otlp.ok) return otlp;
  const { alarms, webhook } = told.value;
  const pace = { clock: io.clock, wall: Date.now, period: options.interval };
  await using fleet = openFleet(sources.value, alarms === null ? pace : { ...pace, alarms });
  const opened = await openServer(
    {
      page: page.value,
      live: fleet,
      files: () => [...files.value, ...recordings.list],
      more: (app) => metricsRoutes(app, fleet, ownVersion()),
    },
    { host: options.host, port: options.port, token: token.value },
    (error) => io.err.write(shown`teemem: ${printable(String(error))}\n`),
  );
  if (!opened.ok) return opened;
  await using server = opened.value;
  await using _sent = sendMessages(fleet, { webhook, otlp: otlp.value }, ownVersion(), io);
  io.out.write(shown`Open ${printable(server.link)} in a browser. Ctrl-C ends it.\n`);
  await io.out.flush();
  await stopped;
  return ok(0);
}

async function usualSystems(io: Io): Promise<Result<readonly string[]>> {
  const name = await usualSystem(io);
  return name.ok ? ok([name.value]) : name;
}
