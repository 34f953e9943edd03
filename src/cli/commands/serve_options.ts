// The options of `teemem serve`, and what they mean.
import { type Command, InvalidArgumentError } from "commander";
import { ok, type Result } from "../../base/result.ts";
import { isLoopback } from "../../serve/security/hosts.ts";
import { checkToken, newToken } from "../../serve/security/token.ts";
import type { LiveOptions } from "../systems/live_sources.ts";
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
  teemem serve demo:all
  teemem serve --on lab1 --on lab2 --alarms alarms.yaml --otlp http://lab:4318
  TEEMEM_TOKEN=$(cat token) teemem serve --host 0.0.0.0 --port 8080 --on board
`;

/** As they were given. */
export interface ServeOptions extends LiveOptions {
  readonly port: number;
  readonly host: string;
  readonly token?: boolean;
  readonly interval: number;
  readonly record?: string;
  readonly alarms?: string;
  readonly otlp?: string;
}

/** Declares arguments, options and examples. */
export function serveOptions(command: Command): void {
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

/** The token that is asked for; null where none is. */
export function tokenOf({ host, token }: ServeOptions, env: NodeJS.ProcessEnv): Result<string | null> {
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
