// Opening, calling and closing sessions with pseudo TAs: OP-TEE 4.0.0 core/kernel/tee_ta_manager.c and pseudo_ta.c.
import { TEE } from "../abi/errors.ts";
import { ORIGIN } from "../abi/ids.ts";
import { LEVEL } from "./console.ts";
import { type Core, give, type PseudoTa, type Session, take } from "./core.ts";
import type { Params } from "./params.ts";
import { SITES } from "./sites.ts";

/** How a call ended: a TEE code and who returned it. */
export interface Outcome {
  readonly code: number;
  /** One of `ORIGIN`. */
  readonly origin: number;
}

/** A session, or why there is none. */
export type Opened = Outcome & { readonly session: number };

/** Opens a session with the pseudo TA of this UUID. The first one gives it a context, which stays. */
export function openSession(core: Core, uuid: string): Opened {
  const refused = (code: number): Opened => ({ code, origin: ORIGIN.TEE, session: 0 });
  const block = take(core, SITES.session);
  if (block === 0) return refused(TEE.OUT_OF_MEMORY);
  const pta = core.pseudoTas.find((candidate) => candidate.uuid === uuid);
  const code = pta === undefined ? TEE.ITEM_NOT_FOUND : enterContext(core, pta);
  if (pta === undefined || code !== TEE.SUCCESS) {
    give(core, block, SITES.sessionEnd);
    return refused(code);
  }
  let id = 1;
  while (core.sessions.has(id)) id++;
  core.sessions.set(id, { id, pta, block });
  return { code: TEE.SUCCESS, origin: ORIGIN.TRUSTED_APP, session: id };
}

/** Lets the pseudo TA of a session perform a command. */
export async function invokeCommand(core: Core, session: number, command: number, params: Params): Promise<Outcome> {
  const open = core.sessions.get(session);
  if (open === undefined) return { code: TEE.BAD_PARAMETERS, origin: ORIGIN.TEE };
  const code = await open.pta.invoke(core, command, params);
  if (code !== TEE.SUCCESS && code !== TEE.SHORT_BUFFER) {
    const { invokeError } = core.release.text;
    core.console.print(LEVEL.DEBUG, invokeError, `Error: ${code.toString(16)} of ${ORIGIN.TRUSTED_APP}`);
  }
  return { code, origin: ORIGIN.TRUSTED_APP };
}

/** Ends a session. */
export function closeSession(core: Core, session: number): Outcome {
  const open = core.sessions.get(session);
  if (open === undefined) return { code: TEE.ITEM_NOT_FOUND, origin: ORIGIN.TEE };
  announceEnd(core, open);
  core.sessions.delete(session);
  give(core, open.block, SITES.sessionEnd);
  return { code: TEE.SUCCESS, origin: ORIGIN.TEE };
}

function enterContext(core: Core, pta: PseudoTa): number {
  const { text } = core.release;
  if (core.contexts.has(pta)) {
    core.console.print(LEVEL.DEBUG, text.reopen, `${text.reopenText} ${pta.uuid}`);
    return TEE.SUCCESS;
  }
  core.console.print(LEVEL.DEBUG, text.lookup, `Lookup pseudo TA ${pta.uuid}`);
  core.console.print(LEVEL.DEBUG, text.open, `Open ${pta.name}`);
  if (take(core, SITES.pseudoTa) === 0) return TEE.OUT_OF_MEMORY;
  core.contexts.add(pta);
  core.console.print(LEVEL.DEBUG, text.opened, `${pta.name} : ${pta.uuid}`);
  return TEE.SUCCESS;
}

function announceEnd(core: Core, { id, block }: Session): void {
  const { close, closeAddress, destroy } = core.release.text;
  const address = (core.heap.heap.memory.base + block).toString(16);
  core.console.print(LEVEL.DEBUG, close, closeAddress ? `csess 0x${address} id ${id}` : `id ${id}`);
  core.console.print(LEVEL.DEBUG, destroy, "Destroy session");
}
