// When instances of trusted applications begin and end: OP-TEE 4.0.0 core/kernel/tee_ta_manager.c.
import { createInternalApi } from "../api/create_api.ts";
import type { Core } from "../core.ts";
import { rememberEnd } from "./ended.ts";
import { enter } from "./enter.ts";
import { loadTa, unloadTa } from "./instance.ts";
import { stopLibrary } from "./library.ts";
import type { Call, TaInstance } from "./ta_instance.ts";
import type { TrustedApp } from "./trusted_app.ts";

/** Loads an application, in everybody's sight. null if there is no room. */
export function startInstance(core: Core, app: TrustedApp): TaInstance | null {
  const instance = loadTa(core, app);
  if (instance === null) return null;
  core.instances.push(instance);
  core.userTas.push(instance);
  const sequence = core.sequence++;
  for (const observer of core.observers) observer.loaded(instance, sequence);
  return instance;
}

/** Ends an instance that nobody needs any more. `left` is called in any case, before memory goes. */
export async function endIfUnused(
  core: Core,
  instance: TaInstance,
  call: Call,
  left: () => void = () => {},
): Promise<void> {
  const { keepAlive, singleInstance } = instance.app.flags;
  const kept = keepAlive && singleInstance && instance.created && !instance.panicked;
  if (kept || instance.sessions > 0 || !core.instances.includes(instance)) return left();
  // Out of sight first: what comes from here on gets an instance of its own.
  core.instances.splice(core.instances.indexOf(instance), 1);
  if (instance.created) {
    const api = createInternalApi(core, instance, { ...call, signal: undefined });
    await enter(core, instance, "destroy", 0, 0, async () => {
      await instance.app.destroy?.(api);
      stopLibrary(instance);
    });
  }
  rememberEnd(core, instance, instance.app.name);
  const sequence = core.sequence++;
  for (const observer of core.observers) observer.unloaded(instance, sequence);
  core.userTas.splice(core.userTas.indexOf(instance), 1);
  left();
  unloadTa(core, instance);
}
