// What the library of a TA takes for itself on the TA's heap, and gives back.
import { addSession, removeSession, startLibrary, stopLibrary } from "../../tee/utee/library.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { OwnEnv } from "./own_env.ts";

export function instanceImports({ core, entry }: OwnEnv): HostCalls {
  return {
    teemem_start: () => Number(startLibrary(core, entry().instance)),
    teemem_stop: () => stopLibrary(core, entry().instance),
    teemem_add_session: () => addSession(core, entry().instance),
    teemem_remove_session: (block = 0) => removeSession(core, entry().instance, block),
  };
}
