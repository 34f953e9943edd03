import { err, ok, type Result } from "../base/result.ts";
import { type Connection, connectDaemon } from "../daemon/remote_client.ts";
import { defaultSocket } from "../daemon/socket_file.ts";
import { systemOf, type TeeSystem } from "../source/tee_system.ts";
import type { ConsoleSink } from "../tee/console.ts";
import { type EmbeddedOptions, startEmbedded } from "./embedded.ts";

/** A system to talk to, for as long as a command runs. */
export interface FoundSystem extends TeeSystem, AsyncDisposable {
  /** Why it went away; empty while it is there. */
  readonly lost: string;
}

/**
 * The daemon, if it runs; else the embedded system, which is also meant where any option of it is given. `TEEMEM_SOCKET`
 * names the daemon's socket: then it must be there; empty, it means no daemon at all.
 */
export async function findSystem(
  options: EmbeddedOptions,
  console: ConsoleSink,
  env: NodeJS.ProcessEnv,
): Promise<Result<FoundSystem>> {
  const { profile, optee, cfg, after } = options;
  const embedded = [profile, optee, cfg, after].some((option) => option !== undefined) || env.TEEMEM_SOCKET === "";
  if (!embedded) {
    const path = env.TEEMEM_SOCKET ?? defaultSocket(env);
    const connection = await connectDaemon(path);
    if (connection.ok) return ok(remoteSystem(path, connection.value));
    if (env.TEEMEM_SOCKET !== undefined || !connection.error.absent) return err(connection.error.text);
  }
  const core = await startEmbedded(options, console);
  if (!core.ok) return core;
  const system = systemOf(core.value);
  return ok({ ...system, lost: "", [Symbol.asyncDispose]: () => system.client.end() });
}

function remoteSystem(path: string, connection: Connection): FoundSystem {
  const { client, release, profile, layout } = connection;
  return {
    name: `unix:${path}`,
    client,
    release,
    profile,
    layout,
    get lost() {
      return connection.lost;
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
