// A client whose core is behind a socket.
// The types of users without that library need it, for AsyncDisposable.
/// <reference lib="esnext.disposable" preserve="true" />
import { createConnection } from "node:net";
import { TEE } from "../abi/errors.ts";
import { ORIGIN } from "../abi/ids.ts";
import { codeOf } from "../base/error_code.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Release } from "../release/release.ts";
import { releaseOfWireCode } from "../release/releases.ts";
import type { Client } from "../tee/kernel/client.ts";
import type { Inspector } from "../tee/kernel/inspector.ts";
import { bufferOf, params as fill, type Params } from "../tee/kernel/params.ts";
import type { EventBody } from "../wire/event_frames.ts";
import type { ClientBody } from "../wire/frames.ts";
import { LIMITS } from "../wire/limits.ts";
import { applyReply, requestOf } from "../wire/wire_params.ts";
import { createLink, type Link, PATIENCE, type Patience } from "./link.ts";
import { createRemoteInspector } from "./remote_inspector.ts";
import { checkFolder, checkLength } from "./socket_file.ts";

/** A connection with a daemon. */
export interface Connection extends AsyncDisposable {
  readonly client: Client;
  readonly inspect: Inspector;
  /** Of OP-TEE, like 4.10.0. */
  readonly version: string;
  readonly release: Release;
  readonly profile: string;
  /** Why the connection ended; empty while it stands, and where we ended it. */
  readonly lost: string;
  /** Resolves when the connection is no more. */
  readonly ended: Promise<void>;
  /** Asks for events: a sum of `SUBSCRIBE`, in place of what was asked for before. */
  subscribe(events: number, listener: (event: EventBody) => void): void;
}

/** Why there is no connection; `absent` where nobody listens whom this user could reach. */
export interface ConnectError {
  readonly absent: boolean;
  readonly text: string;
}

const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "ECONNREFUSED"]);
const OUT_OF_REACH: ReadonlySet<string> = new Set([...ABSENT, "EACCES", "ENOTDIR"]);

/** Connects with the daemon behind a socket; waits for one that still boots. */
export async function connectDaemon(
  path: string,
  patience: Patience = PATIENCE,
): Promise<Result<Connection, ConnectError>> {
  const fits = checkLength(path);
  // Nobody can listen there.
  if (!fits.ok) return err({ absent: true, text: fits.error });
  const safe = checkFolder(path);
  if (!safe.ok) return err({ absent: false, text: safe.error });
  const socket = createConnection(path);
  const refused = await new Promise<string>((resolve) => {
    socket.once("connect", () => resolve(""));
    socket.once("error", (error) => resolve(codeOf(error)));
  });
  if (refused !== "") {
    const text = ABSENT.has(refused)
      ? `no daemon listens on ${path}: start one with 'teemem boot'`
      : `cannot reach the daemon on ${path} (${refused})`;
    return err({ absent: OUT_OF_REACH.has(refused), text });
  }
  const link = createLink(socket, path, patience);
  const welcome = await link.greet();
  const release = releaseOfWireCode(welcome?.layout ?? 0);
  if (welcome === null || release === undefined) {
    socket.destroy();
    return err({ absent: false, text: link.lost || `the program on ${path} is not a daemon of teemem` });
  }
  return ok({
    client: createRemoteClient(link),
    inspect: createRemoteInspector(link),
    version: welcome.release,
    release,
    profile: welcome.profile,
    get lost() {
      return link.lost;
    },
    ended: link.ended,
    subscribe: link.subscribe,
    [Symbol.asyncDispose]: link.end,
  });
}

const COMMS_LOST = { code: TEE.COMMUNICATION, origin: ORIGIN.COMMS } as const;
const TOO_LARGE = { code: TEE.EXCESS_DATA, origin: ORIGIN.COMMS } as const;

function createRemoteClient(link: Link): Client {
  const own = new Set<number>();

  async function call(
    params: Params,
    body: ClientBody,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly code: number; readonly origin: number; readonly session: number }> {
    const large = params.some((param) => bufferOf(param).length > LIMITS.memref);
    if (large) return { ...TOO_LARGE, session: 0 };
    const reply = await link.ask(body, signal);
    if (reply === null) return { ...COMMS_LOST, session: 0 };
    const { code, origin, session } = reply;
    // Without parameters, the request did not reach the TEE, and they stay as they are.
    const untouched = reply.params.every(({ type }) => type === 0);
    if (!untouched && !applyReply(params, reply.params)) return { ...COMMS_LOST, session: 0 };
    return { code, origin, session };
  }
  async function close(session: number): ReturnType<Client["close"]> {
    own.delete(session);
    const { code, origin } = await call(fill(), { kind: "close", session }, undefined);
    return { code, origin };
  }
  return {
    async open(uuid, params = fill(), signal) {
      const opened = await call(params, { kind: "open", uuid, params: requestOf(params) }, signal);
      if (opened.session !== 0) own.add(opened.session);
      return opened;
    },
    async invoke(session, command, params, signal) {
      const body: ClientBody = { kind: "invoke", session, command, params: requestOf(params) };
      const { code, origin } = await call(params, body, signal);
      return { code, origin };
    },
    close,
    async end() {
      for (const session of [...own]) await close(session);
    },
  };
}
