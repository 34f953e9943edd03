// `unix:SOCKET`: the daemon of `teemem boot`.
import { existsSync } from "node:fs";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Connection } from "../../daemon/remote_client.ts";
import { checkFolder, defaultSocket, pathOf } from "../../daemon/socket_file.ts";
import type { Source } from "../../source/source.ts";
import type { Output } from "../outputs/output.ts";
import type { SourceSetting } from "./setting.ts";

/** A daemon that answers. */
export interface FoundDaemon {
  readonly path: string;
  readonly connection: Connection;
}

/** The daemon on a socket, which must be there. */
export async function openDaemon(where: string, setting: SourceSetting): Promise<Result<Source>> {
  const daemon = await findDaemon(where, setting.env, setting.io.err);
  if (!daemon.ok) return daemon;
  return daemon.value === null ? err("no daemon runs") : ok(await sourceBehind(daemon.value, setting));
}

/** The system of a daemon. The end of its connection closes all sessions. */
export async function sourceBehind({ path, connection }: FoundDaemon, { io }: SourceSetting): Promise<Source> {
  const [{ daemonSystem }, { sourceOf }] = await Promise.all([
    import("../../source/daemon/daemon_system.ts"),
    import("../../source/client/system_source.ts"),
  ]);
  return sourceOf(daemonSystem(path, connection, io.clock), () => connection[Symbol.asyncDispose]());
}

/**
 * The daemon on the socket `on`, else on that of `TEEMEM_SOCKET`: there it must be. Else on the default socket: null if there is
 * none, and where `TEEMEM_SOCKET` is empty. One that still boots is waited for; `says` reports so if it is a terminal.
 */
export async function findDaemon(
  on: string | undefined,
  env: NodeJS.ProcessEnv,
  says?: Output,
): Promise<Result<FoundDaemon | null>> {
  const text = on ?? env.TEEMEM_SOCKET;
  const named = text === undefined ? undefined : pathOf(text);
  if (named === "") return on === undefined ? ok(null) : err("--on needs the path of a socket, like unix:/tmp/a.sock");
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
