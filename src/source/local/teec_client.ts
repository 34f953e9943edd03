// A client of the TEE on this machine: the same calls as every client's, made by libteec.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { encodeUuid } from "../../abi/uuid.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Client } from "../../tee/kernel/client.ts";
import type { Outcome } from "../../tee/kernel/outcome.ts";
import { params as none, type Params } from "../../tee/kernel/params.ts";
import type { Libteec } from "./libteec.ts";
import type { Memory } from "./memory.ts";
import { createOperation } from "./operation.ts";

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

/** Connects with the TEE. The error is the code of TEEC_InitializeContext. */
export async function connectTeec(lib: Libteec): Promise<Result<Client, number>> {
  const context = lib.allocate(ROOM);
  const code = (await lib.call("TEEC_InitializeContext", null, context.pointer)) >>> 0;
  if (code !== TEE.SUCCESS) {
    context.free();
    return err(code);
  }
  const sessions = new Map<number, Memory>();
  let numbers = 0;
  let hanging = 0;

  /** Makes a call with parameters. At the signal it asks for cancellation, and waits no longer: what C still uses is not freed. */
  async function perform(params: Params, signal: AbortSignal | undefined, call: Call): Promise<Outcome | null> {
    const operation = createOperation(params, lib.word, lib.allocate);
    const origin = lib.allocate(4);
    const made = call(operation.memory.pointer, origin.pointer).then((result): Outcome => {
      hanging--;
      const from = new DataView(origin.bytes.buffer, origin.bytes.byteOffset).getUint32(0, true);
      if (signal?.aborted !== true) operation.finish();
      operation.free();
      origin.free();
      return { code: result >>> 0, origin: from };
    });
    hanging++;
    const given = await unlessFired(made, signal);
    if (given === null) void lib.call("TEEC_RequestCancellation", operation.memory.pointer);
    return given;
  }
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
      const opened = await perform(params, signal, (operation, origin) =>
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
      const invoked = await perform(params, signal, (operation, origin) =>
        lib.call("TEEC_InvokeCommand", memory.pointer, command, operation, origin),
      );
      if (invoked !== null) return invoked;
      // It is busy for ever: closing it would hang as well.
      sessions.delete(session);
      return SILENT;
    },
    close,
    async end() {
      for (const session of [...sessions.keys()]) await close(session);
      if (hanging > 0) return;
      await lib.call("TEEC_FinalizeContext", context.pointer);
      context.free();
    },
  });
}

type Call = (operation: unknown, origin: unknown) => Promise<number>;

/** Null if the signal fires first. */
async function unlessFired<T>(made: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return made;
  let stop = (): void => {};
  const fired = new Promise<null>((resolve) => {
    stop = () => resolve(null);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) resolve(null);
  });
  try {
    return await Promise.race([made, fired]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
