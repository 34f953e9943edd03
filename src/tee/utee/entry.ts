// Enters a TA in TypeScript, with its library around it: OP-TEE 4.0.0 lib/libutee/user_ta_entry.c.
import { TEE } from "../../abi/errors.ts";
import type { Core } from "../kernel/core.ts";
import { type Subsystem, stateOf } from "../kernel/subsystem.ts";
import type { UserApp } from "../kernel/user_app.ts";
import { createInternalApi } from "./create_api.ts";
import { addSession, removeSession, startLibrary, stopLibrary } from "./library.ts";
import type { TaSession, TrustedApp } from "./trusted_app.ts";

/** The sessions of an instance, by id, with their blocks in the library's list. */
type Sessions = Map<number, { readonly session: TaSession; readonly block: number }>;

const SESSIONS: Subsystem<Sessions> = { create: () => new Map() };

/** The TA with its library: what the kernel loads and enters. */
export function withLibrary(core: Core, app: TrustedApp): UserApp {
  const { uuid, name, flags, layout } = app;
  return {
    uuid,
    name,
    flags,
    layout,
    create: async (entry) =>
      startLibrary(core, entry.instance)
        ? ((await app.create?.(createInternalApi(core, entry))) ?? TEE.SUCCESS)
        : TEE.OUT_OF_MEMORY,
    async open(entry) {
      const { instance } = entry;
      const session: TaSession = { id: entry.session.id, context: undefined };
      const block = addSession(core, instance);
      if (block === 0) return TEE.OUT_OF_MEMORY;
      const code = (await app.openSession?.(createInternalApi(core, entry), session, entry.params)) ?? TEE.SUCCESS;
      if (code === TEE.SUCCESS) stateOf(instance, SESSIONS).set(session.id, { session, block });
      else removeSession(core, instance, block);
      return code;
    },
    async invoke(entry, command) {
      const known = stateOf(entry.instance, SESSIONS).get(entry.session.id);
      if (known === undefined) return TEE.BAD_PARAMETERS;
      return (await app.invoke(createInternalApi(core, entry), known.session, command, entry.params)) ?? TEE.SUCCESS;
    },
    async close(entry) {
      const sessions = stateOf(entry.instance, SESSIONS);
      const known = sessions.get(entry.session.id);
      if (known === undefined) return;
      sessions.delete(entry.session.id);
      await app.closeSession?.(createInternalApi(core, entry), known.session);
      removeSession(core, entry.instance, known.block);
    },
    async destroy(entry) {
      await app.destroy?.(createInternalApi(core, entry));
      stopLibrary(core, entry.instance);
    },
  };
}
