// The normal world's side, as GlobalPlatform's TEE Client API 1.0 and the Linux driver behave towards the core.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { MissingData, need } from "../../platform/needs.ts";
import { LEVEL, NOWHERE } from "./console.ts";
import { type Core, mappedMeanwhile } from "./core.ts";
import type { Identity } from "./identity.ts";
import type { Opened, Outcome } from "./outcome.ts";
import { buffersOf, params as fill, type Params } from "./params.ts";
import { closeSession, invokeCommand, openSession, outsideCall } from "./session.ts";
import { registerMemory, unregisterMemory } from "./shared_memory.ts";

/** A client program's connection with the TEE. Sessions are its own: those of others are not there for it. */
export interface Client {
  /** Opens a session; its number is 0 unless the code is SUCCESS. A signal asks for cancellation; default: public login. */
  open(uuid: string, params?: Params, signal?: AbortSignal, identity?: Identity): Promise<Opened>;
  /** Calls a command. Buffers are registered with the core before and released after it. */
  invoke(session: number, command: number, params: Params, signal?: AbortSignal): Promise<Outcome>;
  /** Closes a session. */
  close(session: number): Promise<Outcome>;
  /** Closes all sessions, as when the program ends. */
  end(): Promise<void>;
}

const NO_ROOM: Outcome = { code: TEE.OUT_OF_MEMORY, origin: ORIGIN.TEE };
const NO_SESSION: Outcome = { code: TEE.BAD_PARAMETERS, origin: ORIGIN.TEE };

/** Connects with a core in the same process. `gone` fires when the client program has ended, whose calls may still run. */
export function createClient(core: Core, gone?: AbortSignal): Client {
  const own = new Set<number>();

  async function close(session: number): Promise<Outcome> {
    if (!own.delete(session)) return NO_SESSION;
    const end = (): Promise<Outcome> => closeSession(core, session, outsideCall(core, { gone }));
    // A session is closed even where there is no room for the request: whoever goes must not leave it behind.
    return (await mappedMeanwhile(core, null, end)) ?? end();
  }
  return {
    async open(uuid, params = fill(), signal, identity) {
      const pseudo = core.pseudoTas.some((pta) => pta.uuid === uuid);
      const call = (): Promise<Opened> =>
        openSession(core, uuid, params, outsideCall(core, { signal, gone }, identity));
      const opened = await withData(core, { session: 0 }, () =>
        withBuffers(core, params, pseudo, { ...NO_ROOM, session: 0 }, call),
      );
      if (opened.session !== 0) own.add(opened.session);
      return opened;
    },
    async invoke(session, command, params, signal) {
      if (!own.has(session)) return NO_SESSION;
      const pseudo = core.sessions.get(session)?.target.kind === "pseudo";
      return withBuffers(core, params, pseudo, NO_ROOM, () =>
        invokeCommand(core, session, command, params, outsideCall(core, { signal, gone })),
      );
    },
    close,
    async end() {
      for (const session of [...own]) await close(session);
    },
  };
}

/** Makes a call. Where the platform lacks what it needs: NOT_SUPPORTED, and a sentence that says so, also on the console. */
async function withData<T extends object>(core: Core, none: T, call: () => Promise<Outcome & T>): Promise<Outcome & T> {
  try {
    need(core.platform, "call");
    return await call();
  } catch (error) {
    if (!(error instanceof MissingData)) throw error;
    core.console.print(LEVEL.ERROR, NOWHERE, error.message);
    return { ...none, code: TEE.NOT_SUPPORTED, origin: ORIGIN.TEE, why: error.message };
  }
}

/**
 * Makes a call with the client's buffers registered and its arguments mapped. For a pseudo TA the buffers are mapped, too:
 * it works in the core's address space, others in their own (ta/regions.ts).
 */
async function withBuffers<T>(
  core: Core,
  params: Params,
  pseudo: boolean,
  refused: T,
  call: () => Promise<T>,
): Promise<T> {
  const buffers = buffersOf(params);
  const registered: number[] = [];
  try {
    for (const buffer of buffers) {
      const object = registerMemory(core, buffer.length);
      if (object === 0) return refused;
      registered.push(object);
    }
    const mapRest = (rest: number): Promise<T> =>
      rest === 0 ? call() : mappedMeanwhile(core, refused, () => mapRest(rest - 1));
    return await mapRest(pseudo ? 1 + buffers.length : 1);
  } finally {
    for (const object of registered) unregisterMemory(core, object);
  }
}
