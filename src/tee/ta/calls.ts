// Sessions with trusted applications, from finding an instance to its end: OP-TEE 4.0.0 core/kernel/tee_ta_manager.c.
import { TEE } from "../../abi/errors.ts";
import { createInternalApi } from "../api/create_api.ts";
import type { Core } from "../core.ts";
import type { Params } from "../params.ts";
import { enter } from "./enter.ts";
import { addSession, removeSession, startLibrary } from "./library.ts";
import { endIfUnused, startInstance } from "./lifetime.ts";
import { withRegions } from "./regions.ts";
import type { Call, TaInstance, TaLink } from "./ta_instance.ts";
import type { Code, TrustedApp } from "./trusted_app.ts";

/** Opens a session: in a running instance where the application's flags say so, else in a new one. */
export async function openTa(
  core: Core,
  app: TrustedApp,
  session: number,
  params: Params,
  call: Call,
): Promise<{ readonly code: number; readonly link: TaLink | null }> {
  const refused = (code: number): { code: number; link: null } => ({ code, link: null });
  const running = app.flags.singleInstance ? core.instances.find((instance) => instance.app === app) : undefined;
  if (running?.panicked) return refused(TEE.TARGET_DEAD);
  if (running && !app.flags.multiSession && running.sessions > 0) return refused(TEE.BUSY);
  if (running && call.chain.includes(running)) return refused(TEE.BUSY);
  const instance = running ?? startInstance(core, app);
  if (instance === null) return refused(TEE.OUT_OF_MEMORY);
  instance.sessions++;
  const code = await instance.lock.run(() => openIn(core, instance, session, params, call), TEE.CANCEL, call.signal);
  if (code === TEE.SUCCESS) return { code, link: { instance, block: instance.sessionBlocks.get(session) ?? 0 } };
  instance.sessions--;
  await endIfUnused(core, instance, call);
  return refused(code);
}

/** Calls a command. */
export async function invokeTa(
  core: Core,
  { instance }: TaLink,
  session: number,
  command: number,
  params: Params,
  call: Call,
): Promise<number> {
  if (call.chain.includes(instance)) return TEE.BUSY;
  const known = instance.open.get(session);
  if (known === undefined) return instance.panicked ? TEE.TARGET_DEAD : TEE.BAD_PARAMETERS;
  const work = (): Promise<number> => {
    const api = createInternalApi(core, instance, call);
    const invoke = (): Code => instance.app.invoke(api, known, command, params);
    return withRegions(core, params, call, () => enter(core, instance, "invoke", session, command, invoke));
  };
  return instance.lock.run(work, TEE.CANCEL, call.signal);
}

/**
 * Closes a session; the last one of an instance that is not kept alive, or has panicked, takes it along. `left` is called
 * when the application is done with the session, before its memory goes.
 */
export async function closeTa(
  core: Core,
  { instance, block }: TaLink,
  session: number,
  call: Call,
  left: () => void,
): Promise<void> {
  const known = instance.open.get(session);
  await instance.lock.run(async () => {
    const api = createInternalApi(core, instance, call);
    if (known) {
      await enter(core, instance, "close", session, 0, async () => {
        await instance.app.closeSession?.(api, known);
        removeSession(instance, block);
      });
      instance.open.delete(session);
      instance.sessionBlocks.delete(session);
    }
  }, undefined);
  instance.sessions--;
  await endIfUnused(core, instance, call, left);
}

async function openIn(core: Core, instance: TaInstance, session: number, params: Params, call: Call): Promise<number> {
  const { app } = instance;
  const api = createInternalApi(core, instance, call);
  if (instance.panicked) return TEE.TARGET_DEAD;
  if (!instance.created) {
    const code = await enter(core, instance, "create", session, 0, () =>
      startLibrary(instance) ? app.create?.(api) : TEE.OUT_OF_MEMORY,
    );
    if (code !== TEE.SUCCESS) return code;
    instance.created = true;
  }
  const known = { id: session, context: undefined };
  let block = 0;
  // The library's list of sessions is the TA's own memory: a damaged heap there is the TA's panic.
  const open = async (): Promise<number> => {
    block = addSession(instance);
    if (block === 0) return TEE.OUT_OF_MEMORY;
    const opened = (await app.openSession?.(api, known, params)) ?? TEE.SUCCESS;
    if (opened !== TEE.SUCCESS) removeSession(instance, block);
    return opened;
  };
  const code = await withRegions(core, params, call, () => enter(core, instance, "open", session, 0, open));
  if (code !== TEE.SUCCESS) return code;
  instance.open.set(session, known);
  instance.sessionBlocks.set(session, block);
  return code;
}
