// Sessions with TAs, from finding an instance to its end: OP-TEE 4.0.0 core/kernel/tee_ta_manager.c.
import { TEE } from "../../abi/errors.ts";
import type { Core } from "./core.ts";
import { enter } from "./enter_ta.ts";
import { appOf, endIfUnused, startInstance } from "./lifetime.ts";
import { params as fill, type Params } from "./params.ts";
import { withRegions } from "./regions.ts";
import type { Call, TaInstance } from "./ta_instance.ts";
import type { TaEntry, UserApp } from "./user_app.ts";

/** Opens a session: in a running instance where the TA's flags say so, else in a new one. */
export async function openTa(
  core: Core,
  app: UserApp,
  session: number,
  params: Params,
  call: Call,
): Promise<{ readonly code: number; readonly instance: TaInstance | null }> {
  const refused = (code: number): { code: number; instance: null } => ({ code, instance: null });
  if (app.prepare !== undefined) await app.prepare();
  const running = app.flags.singleInstance ? core.instances.find((one) => one.app === app && !one.panicked) : undefined;
  if (running && !app.flags.multiSession && running.sessions > 0) return refused(TEE.BUSY);
  if (running && call.chain.includes(running)) return refused(TEE.BUSY);
  const instance = running ?? startInstance(core, app);
  if (instance === null) return refused(TEE.OUT_OF_MEMORY);
  instance.sessions++;
  const entry: TaEntry = { instance, params, session: { id: session, client: call.client, masked: true }, call };
  const code = await instance.lock.run(() => openIn(core, entry), TEE.CANCEL, call.signal);
  if (code === TEE.SUCCESS) return { code, instance };
  instance.sessions--;
  await endIfUnused(core, entry);
  return refused(code);
}

/** Calls a command. */
export async function invokeTa(
  core: Core,
  instance: TaInstance,
  id: number,
  command: number,
  params: Params,
  call: Call,
): Promise<number> {
  if (call.chain.includes(instance)) return TEE.BUSY;
  const session = instance.open.get(id);
  if (session === undefined) return instance.panicked ? TEE.TARGET_DEAD : TEE.BAD_PARAMETERS;
  const entry: TaEntry = { instance, params, session, call };
  const work = (): Promise<number> =>
    withRegions(core, params, call, () =>
      enter(core, entry, "invoke", command, () => appOf(core, instance).invoke(entry, command)),
    );
  return instance.lock.run(work, TEE.CANCEL, call.signal);
}

/**
 * Closes a session; the last one of an instance that is not kept alive, or has panicked, takes it along. `left` is called
 * when the TA is done with the session, before its memory goes.
 */
export async function closeTa(
  core: Core,
  instance: TaInstance,
  id: number,
  call: Call,
  left: () => void,
): Promise<void> {
  const session = instance.open.get(id);
  const entry: TaEntry = {
    instance,
    params: fill(),
    session: session ?? { id, client: call.client, masked: true },
    call,
  };
  await instance.lock.run(async () => {
    if (session) await enter(core, entry, "close", 0, () => appOf(core, instance).close(entry));
    instance.open.delete(id);
  }, undefined);
  instance.sessions--;
  await endIfUnused(core, entry, left);
}

async function openIn(core: Core, entry: TaEntry): Promise<number> {
  const { instance, params, session, call } = entry;
  const app = appOf(core, instance);
  if (instance.panicked) return TEE.TARGET_DEAD;
  if (!instance.created && (!instance.begun || core.release.retriesCreate)) {
    instance.begun = true;
    const code = await enter(core, entry, "create", 0, () => app.create(entry));
    if (code !== TEE.SUCCESS) return code;
    instance.created = true;
  }
  const code = await withRegions(core, params, call, () => enter(core, entry, "open", 0, () => app.open(entry)));
  if (code !== TEE.SUCCESS) return code;
  instance.created = true;
  instance.open.set(session.id, session);
  return code;
}
