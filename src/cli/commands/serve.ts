// `teemem serve`: the page over HTTP.
import { type Command, InvalidArgumentError } from "commander";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { ServedRecording } from "../../serve/files/served_file.ts";
import { readBundle } from "../../serve/page/bundle.ts";
import { isLoopback } from "../../serve/security/hosts.ts";
import { checkToken, newToken } from "../../serve/security/token.ts";
import { openServer } from "../../serve/server.ts";
import { shownFiles } from "../jobs/shown_files.ts";
import { temporaryFolder } from "../jobs/temporary_folder.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { pageFolder } from "../outputs/page_folder.ts";
import { stopSignal } from "../systems/signals.ts";

const HELP = `
Shows recordings in a browser, on this machine alone. FILE is whatever 'teemem
report' reads; files that are dropped on the page stay in the browser.

Another address needs --host, and then whoever opens the page needs a token: the
link that is printed has it. TEEMEM_TOKEN sets it; else it is a new one each
time. Programs send it as 'Authorization: Bearer TOKEN'. The connection is not
encrypted: docs/serve.md has what to do about that.

Examples:
  teemem serve run.arrows
  teemem serve data/optee-4.0.0/*.trace.gz --port 8080
  TEEMEM_TOKEN=$(cat token) teemem serve --host 0.0.0.0 --port 8080 run.arrows
`;

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly token?: boolean;
}

/** Arguments, options and examples of `teemem serve`. */
export function declare(command: Command): void {
  command
    .argument("[FILE...]", "recordings, heap traces or logs to show")
    .option("--port <port>", "listen on this port; 0: any that is free", readPort, 0)
    .option("--host <host>", "listen on this address or name of the machine; 0.0.0.0: on all", "127.0.0.1")
    .option("--token", "ask for a token on this machine, too: other users of it can connect")
    .addHelpText("after", HELP);
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
  const files = await shownFiles(paths, folder, io);
  if (!files.ok) return files;
  const served = files.value.map(
    (file, n): ServedRecording => ({ ...file, id: `file-${n + 1}`, index: async () => null }),
  );
  const opened = await openServer(
    { page: page.value, live: NO_SYSTEMS, files: () => served },
    { host: options.host, port: options.port, token: token.value },
    (error) => io.err.write(shown`teemem: ${printable(String(error))}\n`),
  );
  if (!opened.ok) return opened;
  await using server = opened.value;
  io.out.write(shown`Open ${printable(server.link)} in a browser. Ctrl-C ends it.\n`);
  await io.out.flush();
  await stopped;
  return ok(0);
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

const NO_SYSTEMS = {
  systems: [],
  listen: () => () => {},
  resetMaxima: async () => err("nothing is watched"),
  liveBlocks: async () => err("nothing is watched"),
  silence() {},
};
