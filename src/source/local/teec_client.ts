// A client of the TEE on this machine: the same calls as every client's, made by libteec.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { encodeUuid } from "../../abi/uuid.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Client } from "../../tee/kernel/client.ts";
import type { Outcome } from "../../tee/kernel/outcome.ts";
import { params as none } from "../../tee/kernel/params.ts";
import type { Leave, Libteec } from "./libteec.ts";
import type { NativeMemory } from "./memory.ts";
import { createCaller } from "./teec_call.ts";

/** TEEC_Context and TEEC_Session of both versions need less. */
const ROOM = 256;
const LOGIN_PUBLIC = 0;
const NO_SESSION: Outcome = { code: TEE.BAD_PARAMETERS, origin: ORIGIN.API };
const SILENT: Outcome & { readonly session: number } = {
  session: 0,
  code: TEE.CANCEL,
  origin: ORIGIN.COMMS,
  why: "the TEE does not answer: it may be blocked (see the secure console), or tee-supplicant has died; 'pidof tee-supplicant' tells",
};

/** Connects with the TEE. The error is the code of TEEC_InitializeContext. `onStuck` is called at the end if a call does not return. */
export async function connectTeec(lib: Libteec, onStuck: OnStuck = () => {}): Promise<Result<Client, number>> {
  const context = lib.allocate(ROOM);
  const code = (await lib.call("TEEC_InitializeContext", null, context.pointer)) >>> 0;
  if (code !== TEE.SUCCESS) {
    context.free();
    return err(code);
  }
  const sessions = new Map<number, NativeMemory>();
  let numbers = 0;
  const caller = createCaller(lib);

  async function close(session: number): Promise<Outcome> {
    const memory = sessions.get(session);
    if (memory === undefined) return NO_SESSION;
    sessions.delete(session);
    await lib.call("TEEC_CloseSession", memory.pointer);
    memory.free();
    return { code: TEE.SUCCESS, origin: ORIGIN.API };
  }
  return ok({
    async open(uuid, params = none(), signal) {
      const session = lib.allocate(ROOM);
      const name = lib.allocate(16);
      name.bytes.set(encodeUuid(uuid));
      const opened = await caller.perform(params, signal, (operation, origin) =>
        lib.call(
          "TEEC_OpenSession",
          context.pointer,
          session.pointer,
          name.pointer,
          LOGIN_PUBLIC,
          null,
          operation,
          origin,
        ),
      );
      if (opened === null) return SILENT;
      name.free();
      if (opened.code !== TEE.SUCCESS) {
        session.free();
        return { ...opened, session: 0 };
      }
      sessions.set(++numbers, session);
      return { ...opened, session: numbers };
    },
    async invoke(session, command, params, signal) {
      const memory = sessions.get(session);
      if (memory === undefined) return NO_SESSION;
      const invoked = await caller.perform(params, signal, (operation, origin) =>
        lib.call("TEEC_InvokeCommand", memory.pointer, command, operation, origin),
      );
      if (invoked !== null) return invoked;
      // It is busy for ever: closing it would hang as well.
      sessions.delete(session);
      return SILENT;
    },
    close,
    async end() {
      // A call that hangs holds its session; what is left ends with the process.
      if (caller.hanging > 0) return onStuck(lib.leave);
      for (const session of [...sessions.keys()]) await close(session);
      await lib.call("TEEC_FinalizeContext", context.pointer);
      context.free();
    },
  });
}

/** Is told that the process will not end by itself. */
export type OnStuck = (leave: Leave) => void;
