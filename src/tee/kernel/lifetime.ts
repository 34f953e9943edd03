// Begins and ends TA instances: OP-TEE 4.0.0 core/kernel/tee_ta_manager.c.
import { assert } from "../../base/assert.ts";
import type { Core } from "./core.ts";
import { rememberEnd } from "./ended_tas.ts";
import { enter } from "./enter_ta.ts";
import { loadTa, unloadTa } from "./load_ta.ts";
import { params as fill } from "./params.ts";
import type { Call, TaInstance } from "./ta_instance.ts";
import type { TaEntry, UserApp } from "./user_app.ts";

/** Loads a TA, in everybody's sight. null if there is no room. */
export function startInstance(core: Core, app: UserApp): TaInstance | null {
  const instance = loadTa(core, app);
  if (instance === null) return null;
  core.instances.push(instance);
  core.userTas.push(instance);
  const sequence = core.sequence++;
  for (const observer of core.observers) observer.loaded(instance, sequence);
  return instance;
}

/** Ends an instance that nobody needs any more. `left` is called in any case, before memory goes. */
export async function endIfUnused(core: Core, entry: TaEntry, left: () => void = () => {}): Promise<void> {
  const { instance, session, call } = entry;
  const { keepAlive, singleInstance } = instance.app.flags;
  const kept = keepAlive && singleInstance && !instance.panicked;
  if (kept || instance.sessions > 0 || !core.instances.includes(instance)) return left();
  // Out of sight first: what comes from here on gets an instance of its own.
  core.instances.splice(core.instances.indexOf(instance), 1);
  if (instance.created) {
    // Nobody's session: events name 0, and nobody can cancel it.
    const last: TaEntry = {
      ...entry,
      params: fill(),
      session: { ...session, id: 0 },
      call: { ...call, signal: undefined, deadline: undefined },
    };
    await enter(core, last, "destroy", 0, () => appOf(core, instance).destroy(last));
  }
  rememberEnd(core, instance, instance.app.name);
  const sequence = core.sequence++;
  for (const observer of core.observers) observer.unloaded(instance, sequence);
  core.userTas.splice(core.userTas.indexOf(instance), 1);
  left();
  await closeOpened(core, entry);
  unloadTa(core, instance);
}

/** Closes the sessions that an instance has left open with others. */
async function closeOpened(core: Core, { instance, call }: TaEntry): Promise<void> {
  const inner: Call = { ...call, chain: [...call.chain, instance], signal: undefined };
  const opened = [...core.sessions.values()].filter(({ opener }) => opener === instance);
  for (const { id } of opened) await call.sessions.close(id, inner);
}

/** The TA of an instance. */
export function appOf(core: Core, { uuid }: TaInstance): UserApp {
  const app = core.apps.get(uuid);
  assert(app !== undefined, "an instance is of an application of this system");
  return app;
}
