// System calls beside keys and storage: time, properties, sessions, cancellation. OP-TEE 4.0.0 core/tee/tee_svc.c.
import { TEE } from "../../../abi/errors.ts";
import type { TeeTime } from "../../../abi/time.ts";
import type { Core } from "../../kernel/core.ts";
import type { Opened, Outcome } from "../../kernel/outcome.ts";
import { TaPanic } from "../../kernel/panic.ts";
import type { Params } from "../../kernel/params.ts";
import type { Call } from "../../kernel/ta_instance.ts";
import type { TaEntry } from "../../kernel/user_app.ts";
import { isOwnMemory } from "../access_rights.ts";
import { propertyOf } from "../properties.ts";

/** C's `_utee_log`, `_utee_panic`, `_utee_get_time` and so on. */
export interface SystemCalls {
  /** A line on the secure console: `I/TA: text`; level as in `LEVEL`. */
  log(level: number, text: string): void;
  /** Never returns. */
  panic(code: number): never;
  /** Properties by their standard names; unknown ones are undefined. */
  getProperty(name: string): string | number | boolean | undefined;
  getTime(category: "system" | "ree"): TeeTime;
  /** CANCEL if the call was cancelled meanwhile, and cancellation is not masked. */
  wait(milliseconds: number): Promise<number>;
  openTaSession(uuid: string, params: Params): Promise<Opened>;
  invokeTaCommand(session: number, command: number, params: Params): Promise<Outcome>;
  closeTaSession(session: number): Promise<number>;
  /** SUCCESS for memory of the TA's own, ACCESS_DENIED for a buffer of its caller. */
  checkAccessRights(bytes: Uint8Array): number;
  getCancellationFlag(): boolean;
  /** Both return whether cancellation was masked before. The mask is the session's. */
  maskCancellation(): boolean;
  unmaskCancellation(): boolean;
  crypRandomNumberGenerate(into: Uint8Array): void;
}

export function systemCalls(core: Core, entry: TaEntry): SystemCalls {
  const { instance, session, call } = entry;
  const { sessions, signal } = call;
  const inner: Call = { ...call, chain: [...call.chain, instance] };
  const cancelled = (): boolean => !session.masked && signal?.aborted === true;
  const mask = (masked: boolean): boolean => {
    const before = session.masked;
    session.masked = masked;
    return before;
  };
  return {
    log: core.console.taPrint,
    panic(code) {
      throw new TaPanic(code);
    },
    getProperty: (name) => propertyOf(core, instance, name),
    getTime: (category) => (category === "system" ? core.clock.tee() : core.clock.ree()),
    async wait(milliseconds) {
      await core.host.wait(milliseconds, session.masked ? undefined : signal);
      return cancelled() ? TEE.CANCEL : TEE.SUCCESS;
    },
    openTaSession: (uuid, params) => sessions.open(uuid, params, inner),
    invokeTaCommand: (id, command, params) => sessions.invoke(id, command, params, inner),
    closeTaSession: async (id) => (await sessions.close(id, inner)).code,
    checkAccessRights: (bytes) => (isOwnMemory(entry, bytes) ? TEE.SUCCESS : TEE.ACCESS_DENIED),
    getCancellationFlag: cancelled,
    maskCancellation: () => mask(true),
    unmaskCancellation: () => mask(false),
    crypRandomNumberGenerate: core.host.random,
  };
}
