// Sessions with other TAs: TEE Internal Core API 1.3.1, 4.9.
import { TEE } from "../../abi/errors.ts";
import { decodeUuid, UUID_BYTES } from "../../abi/uuid.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { OwnEnv } from "./own_env.ts";
import { paramsAt, putParams } from "./structures.ts";

export function sessionImports({ svc, memory }: OwnEnv): HostCalls {
  const told = (at: number, origin: number): void => {
    if (at !== 0) memory.putWords(at, origin);
  };
  return {
    TEE_OpenTASession(uuid = 0, timeout = 0, types = 0, params = 0, session = 0, origin = 0) {
      const target = decodeUuid(memory.input(uuid, UUID_BYTES));
      const given = paramsAt(memory, types, params);
      memory.putHandle(session, 0);
      return svc()
        .openTaSession(target, given, timeout)
        .then((opened) => {
          told(origin, opened.origin);
          if (opened.code !== TEE.SUCCESS) return opened.code;
          putParams(memory, params, given);
          memory.putHandle(session, opened.session);
          return TEE.SUCCESS;
        });
    },
    TEE_InvokeTACommand(session = 0, timeout = 0, command = 0, types = 0, params = 0, origin = 0) {
      const given = paramsAt(memory, types, params);
      return svc()
        .invokeTaCommand(session, command, given, timeout)
        .then((outcome) => {
          told(origin, outcome.origin);
          if (outcome.code !== TEE.TARGET_DEAD) putParams(memory, params, given);
          return outcome.code;
        });
    },
    TEE_CloseTASession: (session = 0) => (session === 0 ? undefined : svc().closeTaSession(session)),
  };
}
