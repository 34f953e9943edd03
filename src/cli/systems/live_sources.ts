// The systems that `--on` names, to be watched side by side.
import { stat } from "node:fs/promises";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { LiveSource } from "../../live/system/live_source.ts";
import { nodeHost } from "../../node/host.ts";
import type { Source } from "../../source/source.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import type { Io } from "../outputs/outcome.ts";
import { findDaemon } from "./open_daemon.ts";
import type { SystemOptions } from "./setting.ts";
import { openNamed } from "./sources.ts";

/** Which systems are meant; the second lists are as long as `on`, or shorter. */
export interface LiveOptions extends Omit<SystemOptions, "on" | "secure"> {
  readonly on: readonly string[];
  /** The secure console of each; `-` for none. */
  readonly secure: readonly string[];
}

/** Each of them, to be opened again and again. `passes` sees each source that was opened, and may replace it. */
export async function liveSources(
  { on, secure, ...options }: LiveOptions,
  io: Io,
  passes: (source: Source) => Promise<Result<Source>>,
): Promise<Result<readonly LiveSource[]>> {
  const twice = on.find((name, n) => on.indexOf(name) !== n);
  if (twice !== undefined) return err(`${clip(twice)} is named twice`);
  if (secure.length > on.length) return err("each --secure needs an --on: they belong together in their order");
  return ok(
    on.map((name, n): LiveSource => {
      const console = secure[n] === "-" ? undefined : secure[n];
      const surroundings = { apps: BUNDLED, host: nodeHost() };
      const setting = {
        options: { ...options, on: name, secure: console },
        env: process.env,
        io,
        surroundings,
        hears: true,
      };
      return {
        name,
        async open() {
          const opened = await openNamed(name, setting);
          return opened.ok ? passes(opened.value) : opened;
        },
        ...(name.startsWith("file:") ? { version: () => versionOf(name.slice("file:".length)) } : {}),
      };
    }),
  );
}

/** What is watched where nothing is named: the daemon that runs, else the embedded system. */
export async function usualSystem(io: Io): Promise<Result<string>> {
  const daemon = await findDaemon(undefined, process.env, io.err);
  if (!daemon.ok) return daemon;
  if (daemon.value === null) return ok("sim");
  await daemon.value.connection[Symbol.asyncDispose]();
  return ok(`unix:${daemon.value.path}`);
}

async function versionOf(path: string): Promise<string> {
  return stat(path).then(
    ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
    () => "",
  );
}
