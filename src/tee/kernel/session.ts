// Opening, calling and closing sessions: OP-TEE 4.0.0 core/kernel/tee_ta_manager.c and pseudo_ta.c.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { need } from "../../platform/needs.ts";
import { LEVEL } from "./console.ts";
import { type Core, give, type PseudoTa, type Session, take } from "./core.ts";
import { ANYBODY, type Identity } from "./identity.ts";
import type { Opened, Outcome } from "./outcome.ts";
import type { Params } from "./params.ts";
import { closeTa, invokeTa, openTa } from "./ta_calls.ts";
import { type Call, callerOf } from "./ta_instance.ts";

/** A call that comes from the normal world: its signals, and who the client is, which it says when it opens a session. */
export function outsideCall(
  core: Core,
  { signal, gone }: Partial<Pick<Call, "signal" | "gone">> = {},
  client: Identity = ANYBODY,
): Call {
  return {
    chain: [],
    clientMemory: [],
    signal,
    gone,
    client,
    sessions: {
      open: (uuid, params, call) => openSession(core, uuid, params, call),
      invoke: (session, command, params, call) => invokeCommand(core, session, command, params, call),
      close: (session, call) => closeSession(core, session, call),
    },
  };
}

/**
 * Opens a session with a TA. A pseudo TA gets a context with its first session, which stays; others are
 * loaded.
 */
export async function openSession(core: Core, uuid: string, params: Params, call: Call): Promise<Opened> {
  const refused = (code: number, origin: number = ORIGIN.TEE): Opened => ({ code, origin, session: 0 });
  if (core.apps.has(uuid)) need(core.platform, "application");
  const block = take(core, "call.session");
  if (block === 0) return refused(TEE.OUT_OF_MEMORY);
  const id = lowestFree(core);
  // The number is taken at once: others may open sessions while a TA is being loaded.
  core.reserved.add(id);
  try {
    const { target, code, origin } = await findTarget(core, uuid, id, params, call);
    if (target === null) {
      give(core, block, "call.session");
      return refused(code, origin);
    }
    core.sessions.set(id, { id, target, opener: callerOf(call), block });
    return { code: TEE.SUCCESS, origin: ORIGIN.TRUSTED_APP, session: id };
  } finally {
    core.reserved.delete(id);
  }
}

/** Lets the TA of a session perform a command. */
export async function invokeCommand(
  core: Core,
  session: number,
  command: number,
  params: Params,
  call: Call,
): Promise<Outcome> {
  const open = core.sessions.get(session);
  if (open === undefined) return { code: TEE.BAD_PARAMETERS, origin: ORIGIN.TEE };
  const { target } = open;
  const code =
    target.kind === "pseudo"
      ? await target.pta.invoke(core, command, params, call)
      : await invokeTa(core, target.instance, session, command, params, call);
  const origin = code === TEE.TARGET_DEAD || code === TEE.BUSY ? ORIGIN.TEE : ORIGIN.TRUSTED_APP;
  if (code !== TEE.SUCCESS && code !== TEE.SHORT_BUFFER) {
    const { invokeError } = core.release.console;
    core.console.print(LEVEL.DEBUG, invokeError, `Error: ${code.toString(16)} of ${origin}`);
  }
  return { code, origin };
}

/** Ends a session. */
export async function closeSession(core: Core, session: number, call: Call): Promise<Outcome> {
  const open = core.sessions.get(session);
  if (open === undefined) return { code: TEE.ITEM_NOT_FOUND, origin: ORIGIN.TEE };
  core.sessions.delete(session);
  core.reserved.add(session);
  announceEnd(core, open);
  const left = (): void => give(core, open.block, "call.session");
  if (open.target.kind === "user") await closeTa(core, open.target.instance, session, call, left);
  else {
    await open.target.pta.close?.(core, call);
    left();
  }
  core.reserved.delete(session);
  return { code: TEE.SUCCESS, origin: ORIGIN.TEE };
}

type Found = { readonly target: Session["target"] | null; readonly code: number; readonly origin?: number };

async function findTarget(core: Core, uuid: string, id: number, params: Params, call: Call): Promise<Found> {
  const pta = core.pseudoTas.find((candidate) => candidate.uuid === uuid);
  if (pta !== undefined) {
    const code = enterContext(core, pta);
    if (code !== TEE.SUCCESS) return { target: null, code };
    const answer = pta.open?.(core, call) ?? TEE.SUCCESS;
    const target: Session["target"] = { kind: "pseudo", pta };
    return { target: answer === TEE.SUCCESS ? target : null, code: answer, origin: ORIGIN.TRUSTED_APP };
  }
  const app = core.apps.get(uuid);
  if (app === undefined) {
    core.host.noSuchTa?.(uuid);
    return { target: null, code: TEE.ITEM_NOT_FOUND };
  }
  const { code, instance } = await openTa(core, app, id, params, call);
  const ownWord = code !== TEE.TARGET_DEAD && code !== TEE.BUSY && code !== TEE.OUT_OF_MEMORY;
  const origin = ownWord ? ORIGIN.TRUSTED_APP : ORIGIN.TEE;
  return { target: instance && { kind: "user", instance }, code, origin };
}

function lowestFree(core: Core): number {
  let id = 1;
  while (core.sessions.has(id) || core.reserved.has(id)) id++;
  return id;
}

function enterContext(core: Core, pta: PseudoTa): number {
  const { console: text } = core.release;
  if (core.contexts.has(pta)) {
    core.console.print(LEVEL.DEBUG, text.reopen, `${text.reopenText} ${pta.uuid}`);
    return TEE.SUCCESS;
  }
  core.console.print(LEVEL.DEBUG, text.lookup, `Lookup pseudo TA ${pta.uuid}`);
  core.console.print(LEVEL.DEBUG, text.open, `Open ${pta.name}`);
  if (take(core, "call.pseudo_ta") === 0) return TEE.OUT_OF_MEMORY;
  core.contexts.add(pta);
  core.console.print(LEVEL.DEBUG, text.opened, `${pta.name} : ${pta.uuid}`);
  return TEE.SUCCESS;
}

function announceEnd(core: Core, { id, block }: Session): void {
  const { close, closeAddress, destroy } = core.release.console;
  const address = (core.heap.heap.memory.base + block).toString(16);
  core.console.print(LEVEL.DEBUG, close, closeAddress ? `csess 0x${address} id ${id}` : `id ${id}`);
  core.console.print(LEVEL.DEBUG, destroy, "Destroy session");
}
