import { existsSync } from "node:fs";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Connection } from "../../daemon/remote_client.ts";
import { checkFolder, defaultSocket, pathOf } from "../../daemon/socket_file.ts";
import { systemOf, type TeeSystem } from "../../source/tee_system.ts";
import type { ConsoleSink } from "../../tee/console.ts";
import type { Core, Surroundings } from "../../tee/core.ts";
import type { Output } from "../outputs/output.ts";
import { type EmbeddedOptions, startEmbedded } from "./embedded.ts";

/** A system to talk to, for as long as a command runs. */
export interface FoundSystem extends TeeSystem, AsyncDisposable {
  /** Why it went away; empty while it is there. */
  readonly lost: string;
  readonly behind:
    | { readonly kind: "core"; readonly core: Core }
    | { readonly kind: "daemon"; readonly connection: Connection };
}

/** Which system is meant. */
export interface SystemOptions extends EmbeddedOptions {
  /** The socket of a daemon, also as `unix:PATH`. */
  readonly on?: string | undefined;
  /** Keeps persistent objects in a folder: then it is the embedded system. */
  readonly storage?: string | undefined;
}

/** A daemon that answers. */
export interface FoundDaemon {
  readonly path: string;
  readonly connection: Connection;
}

/** Commander's names of the options that choose an embedded system, and so contradict `--on`. */
export const EMBEDDED_ONLY = ["after", "cfg", "optee", "profile", "storage"];

/**
 * The daemon that is meant, if it runs; else the embedded system, which is also meant where any option of it is given.
 * `more` is what the embedded system is given; `says` hears of a daemon that keeps us waiting.
 */
export async function findSystem(
  options: SystemOptions,
  console: ConsoleSink,
  env: NodeJS.ProcessEnv,
  more: Partial<Surroundings> = {},
  says?: Output,
): Promise<Result<FoundSystem>> {
  const { profile, optee, cfg, after, storage, on } = options;
  const embedded = [profile, optee, cfg, after, storage].some((option) => option !== undefined);
  const look = async (): Promise<Result<FoundDaemon | null>> =>
    embedded && on === undefined ? ok(null) : findDaemon(on, env, says);
  const daemon = await look();
  if (!daemon.ok) return daemon;
  if (daemon.value !== null) return ok(remoteSystem(daemon.value));
  const core = await startEmbedded(options, console, more);
  if (!core.ok) return core;
  // One may have begun meanwhile, as after 'teemem boot &'.
  const late = await look();
  if (late.ok && late.value !== null) return ok(remoteSystem(late.value));
  const system = systemOf(core.value);
  const behind = { kind: "core", core: core.value } as const;
  return ok({ ...system, behind, lost: "", [Symbol.asyncDispose]: () => system.client.end() });
}

/**
 * The daemon on the socket `on`, else on that of `TEEMEM_SOCKET`: there it must be. Else on the default socket: null if there is
 * none, and where `TEEMEM_SOCKET` is empty. One that still boots is waited for; `says` hears of that if it is a terminal.
 */
export async function findDaemon(
  on: string | undefined,
  env: NodeJS.ProcessEnv,
  says?: Output,
): Promise<Result<FoundDaemon | null>> {
  const text = on ?? env.TEEMEM_SOCKET;
  const named = text === undefined ? undefined : pathOf(text);
  if (named === "")
    return on === undefined ? ok(null) : err("--on names no socket: give its path, like unix:/tmp/a.sock");
  const path = named ?? defaultSocket(env);
  // Most often there is none, and then nothing has to be loaded that talks to one.
  if (named === undefined && checkFolder(path).ok && !existsSync(path)) return ok(null);
  const [{ connectDaemon }, { PATIENCE }] = await Promise.all([
    import("../../daemon/remote_client.ts"),
    import("../../daemon/link.ts"),
  ]);
  const slow = (): void => {
    if (!says?.isTerminal) return;
    says.write(shown`teemem: waiting for the daemon on ${printable(path)}, which still boots; Ctrl-C ends it\n`);
    void says.flush().catch(() => {});
  };
  const connection = await connectDaemon(path, { ...PATIENCE, slow });
  if (connection.ok) return ok({ path, connection: connection.value });
  return named === undefined && connection.error.absent ? ok(null) : err(connection.error.text);
}

function remoteSystem({ path, connection }: FoundDaemon): FoundSystem {
  const { client, inspect, version, release, profile } = connection;
  return {
    name: `unix:${path}`,
    client,
    inspect,
    version,
    release,
    profile,
    behind: { kind: "daemon", connection },
    get lost() {
      return connection.lost;
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
