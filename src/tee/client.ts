// The normal world's side, as GlobalPlatform's TEE Client API 1.0 and the Linux driver behave towards the core.
import { TEE } from "../abi/errors.ts";
import { ORIGIN } from "../abi/ids.ts";
import type { Core } from "./core.ts";
import { mapped } from "./core.ts";
import type { Params } from "./params.ts";
import { closeSession, invokeCommand, type Opened, type Outcome, openSession } from "./session.ts";
import { registerMemory, unregisterMemory } from "./shared_memory.ts";

/** A client program's connection with the TEE. */
export interface Client {
  /** Opens a session; its number is 0 unless the code is SUCCESS. */
  open(uuid: string): Opened;
  /** Calls a command. Buffers are registered with the core before and released after it. */
  invoke(session: number, command: number, params: Params): Outcome;
  /** Closes a session. */
  close(session: number): Outcome;
}

const NO_ROOM: Outcome = { code: TEE.OUT_OF_MEMORY, origin: ORIGIN.TEE };

/** Connects with a core in the same process. */
export function createClient(core: Core): Client {
  return {
    open: (uuid) => mapped(core, { ...NO_ROOM, session: 0 }, () => openSession(core, uuid)),
    invoke(session, command, params) {
      const buffers = params.filter((param) => param.type === "memref").filter(({ buffer }) => buffer.length > 0);
      const registered: number[] = [];
      for (const { buffer } of buffers) {
        const object = registerMemory(core, buffer.length);
        if (object !== 0) registered.push(object);
      }
      const outcome =
        registered.length < buffers.length
          ? NO_ROOM
          : mapped(core, NO_ROOM, () =>
              mapAll(core, buffers.length, () => invokeCommand(core, session, command, params)),
            );
      for (const object of registered) unregisterMemory(core, object);
      return outcome;
    },
    // A session is closed even where there is no room for the request: whoever goes must not leave it behind.
    close: (session) => mapped(core, null, () => closeSession(core, session)) ?? closeSession(core, session),
  };
}

/** Runs `work` with so many buffers mapped. */
function mapAll(core: Core, buffers: number, work: () => Outcome): Outcome {
  return buffers === 0 ? work() : mapped(core, NO_ROOM, () => mapAll(core, buffers - 1, work));
}
