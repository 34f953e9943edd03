// `teemem serve`: systems and recordings as a page over HTTP.
import { type Command, InvalidArgumentError } from "commander";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { postAlarms, type Webhook } from "../../live/alarms/webhook.ts";
import { openFleet } from "../../live/open_fleet.ts";
import type { Fleet } from "../../live/state/fleet.ts";
import { metricsRoutes } from "../../serve/metrics/metrics_routes.ts";
import { pushMetrics } from "../../serve/metrics/otlp_push.ts";
import { type OtlpTarget, otlpTarget } from "../../serve/metrics/otlp_target.ts";
import { readBundle } from "../../serve/page/bundle.ts";
import { isLoopback } from "../../serve/security/hosts.ts";
import { checkToken, newToken } from "../../serve/security/token.ts";
import { openServer } from "../../serve/server.ts";
import { readAlarms } from "../inputs/alarms_input.ts";
import { liveRecordings, placeIn } from "../jobs/live_recording.ts";
import { shownFiles } from "../jobs/shown_files.ts";
import { temporaryFolder } from "../jobs/temporary_folder.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { ownVersion } from "../outputs/own_version.ts";
import { pageFolder } from "../outputs/page_folder.ts";
import { type LiveOptions, liveSources, usualSystem } from "../systems/live_sources.ts";
import { stopSignal } from "../systems/signals.ts";
import { systemOptions } from "../systems/system_options.ts";

const HELP = `
Shows systems and recordings in a browser, on this machine alone. FILE is
whatever 'teemem report' reads; files that are dropped on the page stay in the
browser. Without --on and FILE it shows the daemon of 'teemem boot', or else the
embedded system.

What a system tells, each heap operation or its counters, is recorded meanwhile,
so that the page can look back: at most a gigabyte of it, below the temp folder,
until the end. --record keeps it.

/metrics is for Prometheus, /debug/pprof/heap for 'go tool pprof'.

Another address needs --host, and then whoever opens the page needs a token: the
link that is printed has it. TEEMEM_TOKEN sets it; else it is a new one each
time. Programs send it as 'Authorization: Bearer TOKEN'. The connection is not
encrypted: docs/serve.md has what to do about that.

Examples:
  teemem serve run.arrows
  teemem serve --on ssh://root@board --on qemu:1234 --port 8080
  teemem serve data/optee-4.0.0/*.trace.gz
  teemem serve --on lab1 --on lab2 --alarms alarms.yaml --otlp http://lab:4318
  TEEMEM_TOKEN=$(cat token) teemem serve --host 0.0.0.0 --port 8080 --on board
`;

interface ServeOptions extends LiveOptions {
  readonly port: number;
  readonly host: string;
  readonly token?: boolean;
  readonly interval: number;
  readonly record?: string;
  readonly alarms?: string;
  readonly otlp?: string;
}

/** Bytes of a recording that nobody asked to keep. */
const MOST_RECORDED = 2 ** 30;

/** Arguments, options and examples of `teemem serve`. */
export function declare(command: Command): void {
  const listed = (text: string, before: readonly string[]): readonly string[] => [...before, text];
  command
    .argument("[FILE...]", "recordings, heap traces or logs to show")
    .option("--on <source>", "a system to watch, as in 'teemem stats'; several times for several", listed, [])
    .option("--secure <console>", "the secure console of each --on, in their order; - for none", listed, [])
    .option("--interval <ms>", "ask each system this often, in milliseconds", readInterval, 1000)
    .option("--record <folder>", "keep what systems tell as recordings in this folder")
    .option("--alarms <file>", "judge the systems by these rules: docs/alarms.md")
    .option("--otlp <address>", "push metrics to this OpenTelemetry receiver: docs/fleet.md")
    .option("--port <port>", "listen on this port; 0: any that is free", readPort, 0)
    .option("--host <host>", "listen on this address or name of the machine; 0.0.0.0: on all", "127.0.0.1")
    .option("--token", "ask for a token on this machine, too: other users of it can connect")
    .addHelpText("after", HELP);
  systemOptions(command, "taStats", "leakHeaders");
}

/** Serves the page until a signal ends it. */
export async function run(paths: readonly string[], options: ServeOptions, io: Io): Promise<CommandResult> {
  const token = tokenOf(options, process.env);
  if (!token.ok) return token;
  const page = readBundle(pageFolder());
  if (!page.ok) return page;
  if (paths.includes("-")) return err("standard input cannot be served: write it to a file first");
  const rules = options.alarms === undefined ? ok(null) : await readAlarms(options.alarms, io);
  if (!rules.ok) return rules;
  const target = otlpTarget(options.otlp, process.env);
  if (!target.ok) return target;
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
  await using fleet = openFleet(sources.value, {
    clock: io.clock,
    wall: Date.now,
    period: options.interval,
    ...(rules.value === null ? {} : { alarms: rules.value.alarms }),
  });
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
  io.out.write(shown`Open ${printable(server.link)} in a browser. Ctrl-C ends it.\n`);
  await io.out.flush();
  const over = new AbortController();
  const told = tellOthers(fleet, {
    target: target.value,
    webhook: rules.value?.webhook ?? null,
    io,
    signal: over.signal,
  });
  await stopped;
  over.abort();
  await told;
  return ok(0);
}

/** Pushes metrics and posts alarms, where somebody asked for that. */
async function tellOthers(
  fleet: Fleet,
  { target, webhook, io, signal }: { target: OtlpTarget | null; webhook: Webhook | null; io: Io; signal: AbortSignal },
): Promise<void> {
  const say = (sentence: string): void => void io.err.write(shown`teemem: ${printable(sentence)}\n`);
  const setup = { systems: () => fleet.systems, version: ownVersion(), now: Date.now, say, signal };
  await Promise.all([
    target === null ? undefined : pushMetrics({ target, ...setup }),
    webhook === null ? undefined : postAlarms(fleet, webhook, { say, signal }),
  ]);
}

async function usualSystems(io: Io): Promise<Result<readonly string[]>> {
  const name = await usualSystem(io);
  return name.ok ? ok([name.value]) : name;
}

/** The token that is asked for; null where none is. */
function tokenOf({ host, token }: ServeOptions, env: NodeJS.ProcessEnv): Result<string | null> {
  if (token !== true && isLoopback(host)) return ok(null);
  return env.TEEMEM_TOKEN === undefined ? ok(newToken()) : checkToken(env.TEEMEM_TOKEN);
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65536) return Number(text);
  throw new InvalidArgumentError("Expected a port, from 0 to 65535.");
}

function readInterval(text: string): number {
  if (/^\d{1,7}$/.test(text) && Number(text) >= 100) return Number(text);
  throw new InvalidArgumentError("Expected a number of milliseconds, 100 or more.");
}
