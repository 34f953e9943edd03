// Sessions of a TA with others as imports: OP-TEE 4.0.0 core/tee/tee_svc.c.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { decodeUuid, UUID_BYTES } from "../../abi/uuid.ts";
import type { CallEnv, HostCalls } from "./call_env.ts";
import { readUteeParams, writeUteeParams } from "./params.ts";
import type { UserMemory } from "./user_memory.ts";

export function sessionSyscalls({ svc, memory: raw }: CallEnv, memory: UserMemory): HostCalls {
  /** Where something fails on the way, the origin is the TEE. */
  const told = async (originAt: number, work: () => Promise<{ readonly code: number; readonly origin: number }>) => {
    let origin: number = ORIGIN.TEE;
    try {
      const outcome = await work();
      origin = outcome.origin;
      return outcome.code;
    } finally {
      memory.tryWriteOwnWord(originAt, origin);
    }
  };
  return {
    _utee_open_ta_session: (uuid, timeout, params, session, origin) =>
      told(origin, async () => {
        const target = decodeUuid(memory.ownInput(uuid, UUID_BYTES));
        const given = readUteeParams(memory, params, raw.own);
        const opened = await svc().openTaSession(target, given, timeout >>> 0);
        if (opened.code !== TEE.SUCCESS) return opened;
        writeUteeParams(memory, params, given);
        memory.tryWriteOwnWord(session, opened.session);
        return opened;
      }),
    _utee_invoke_ta_command(session, timeout, command, params, origin) {
      const target = svc().sessionTarget(session);
      if (target === null) return TEE.BAD_PARAMETERS;
      return told(origin, async () => {
        const shared = target === "pseudo" ? () => false : raw.own;
        const given = readUteeParams(memory, params, shared);
        const outcome = await svc().invokeTaCommand(session, command, given, timeout >>> 0);
        if (outcome.code !== TEE.TARGET_DEAD) writeUteeParams(memory, params, given);
        return outcome;
      });
    },
    _utee_close_ta_session: (session) => svc().closeTaSession(session),
  };
}
