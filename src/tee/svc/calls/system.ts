// System calls beside keys and storage: time, properties, sessions, cancellation. OP-TEE 4.0.0 core/tee/tee_svc.c.
import { TEE } from "../../../abi/errors.ts";
import { ORIGIN } from "../../../abi/ids.ts";
import type { TeeTime } from "../../../abi/time.ts";
import type { Core } from "../../kernel/core.ts";
import { type Identity, LOGIN } from "../../kernel/identity.ts";
import type { Opened, Outcome } from "../../kernel/outcome.ts";
import { TaPanic } from "../../kernel/panic.ts";
import { buffersOf, type Params } from "../../kernel/params.ts";
import type { Call } from "../../kernel/ta_instance.ts";
import type { TaEntry } from "../../kernel/user_app.ts";
import { isOwnMemory } from "../access_rights.ts";
import { deadlineOf, isCancelled, NO_TIMEOUT, setMask, waitIn } from "../system/cancellation.ts";
import { ownSessions } from "../system/own_sessions.ts";
import { type Property, propertiesOf } from "../system/properties.ts";
import { setTaTime, taTime } from "../system/ta_time.ts";

/** C's `_utee_log`, `_utee_panic`, `_utee_get_time` and so on. */
export interface SystemCalls {
  /** A line on the secure console: `I/TA: text`; level as in `LEVEL`. */
  log(level: number, text: string): void;
  /** Never returns. */
  panic(code: number): never;
  /** The index of a property in a set of `PROPERTY_SET`; ITEM_NOT_FOUND. */
  getPropertyNameToIndex(set: number, name: string): { readonly code: number; readonly index: number };
  /** A property by its index; null where the set ends. */
  getProperty(set: number, index: number): Property | null;
  getTime(category: "system" | "ree"): TeeTime;
  /** The TA's own time. TIME_NOT_SET; OVERFLOW, with the time, if its seconds began anew. */
  getTaTime(): { readonly code: number; readonly time: TeeTime };
  /** BAD_PARAMETERS for more than 999 milliseconds. */
  setTaTime(time: TeeTime): number;
  /** CANCEL if the call was cancelled meanwhile, and cancellation is not masked. */
  wait(milliseconds: number): Promise<number>;
  /** `timeout`: milliseconds until the call counts as cancelled for the other TA; default never. */
  openTaSession(uuid: string, params: Params, timeout?: number): Promise<Opened>;
  /** BAD_PARAMETERS for a session that this TA has not opened. */
  invokeTaCommand(session: number, command: number, params: Params, timeout?: number): Promise<Outcome>;
  /** ITEM_NOT_FOUND for a session that this TA has not opened. */
  closeTaSession(session: number): Promise<number>;
  /** What a session of this TA leads to; null if it has not opened it. */
  sessionTarget(session: number): "pseudo" | "user" | null;
  /** SUCCESS for memory of the TA's own, ACCESS_DENIED for a buffer of its caller. */
  checkAccessRights(bytes: Uint8Array): number;
  getCancellationFlag(): boolean;
  /** Both return whether cancellation was masked before. The mask is the session's. */
  maskCancellation(): boolean;
  unmaskCancellation(): boolean;
  crypRandomNumberGenerate(into: Uint8Array): void;
}

const NO_SESSION: Outcome = { code: TEE.BAD_PARAMETERS, origin: ORIGIN.TEE };

export function systemCalls(core: Core, entry: TaEntry): SystemCalls {
  const { instance, call } = entry;
  const { sessions } = call;
  const client: Identity = { login: LOGIN.TRUSTED_APP, uuid: instance.uuid };
  const clientMemory = call.chain.length === 0 ? buffersOf(entry.params) : call.clientMemory;
  const inner = (timeout = NO_TIMEOUT): Call => {
    return { ...call, chain: [...call.chain, instance], clientMemory, client, deadline: deadlineOf(core, timeout) };
  };
  return {
    log: core.console.taPrint,
    panic(code) {
      throw new TaPanic(code);
    },
    getPropertyNameToIndex(set, name) {
      const index = propertiesOf(set, core, entry)?.findIndex((one) => one.name === name) ?? -1;
      return index < 0 ? { code: TEE.ITEM_NOT_FOUND, index: 0 } : { code: TEE.SUCCESS, index };
    },
    getProperty: (set, index) => propertiesOf(set, core, entry)?.[index] ?? null,
    getTime: (category) => (category === "system" ? core.clock.tee() : core.clock.ree()),
    getTaTime: () => taTime(core, instance.uuid),
    setTaTime: (time) => setTaTime(core, instance.uuid, time),
    wait: (milliseconds) => waitIn(core, entry, milliseconds),
    async openTaSession(uuid, params, timeout) {
      const opened = await sessions.open(uuid, params, inner(timeout));
      if (opened.code === TEE.SUCCESS) ownSessions(instance).add(opened.session);
      return opened;
    },
    invokeTaCommand: async (id, command, params, timeout) =>
      ownSessions(instance).has(id) ? sessions.invoke(id, command, params, inner(timeout)) : NO_SESSION,
    closeTaSession: async (id) =>
      ownSessions(instance).delete(id) ? (await sessions.close(id, inner())).code : TEE.ITEM_NOT_FOUND,
    sessionTarget: (id) => (ownSessions(instance).has(id) ? (core.sessions.get(id)?.target.kind ?? null) : null),
    checkAccessRights: (bytes) => (isOwnMemory(entry, bytes) ? TEE.SUCCESS : TEE.ACCESS_DENIED),
    getCancellationFlag: () => isCancelled(core, entry),
    maskCancellation: () => setMask(entry, true),
    unmaskCancellation: () => setMask(entry, false),
    crypRandomNumberGenerate: core.host.random,
  };
}
