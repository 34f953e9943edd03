// A system with a small TA, for tests of daemons.
import { expect } from "vitest";
import { TEE } from "../../src/abi/errors.ts";
import { STATS_UUID } from "../../src/abi/ids.ts";
import { checkContext } from "../../src/malloc/check.ts";
import { HELLO_WORLD, HELLO_WORLD_UUID, helloWorld } from "../../src/tee/apps/hello_world.ts";
import type { TaFlags } from "../../src/tee/kernel/app_facts.ts";
import { type Client, createClient } from "../../src/tee/kernel/client.ts";
import type { Core } from "../../src/tee/kernel/core.ts";
import { params, valueInOut } from "../../src/tee/kernel/params.ts";
import { listeners } from "../../src/tee/monitor/tap.ts";
import type { TrustedApp } from "../../src/tee/utee/trusted_app.ts";
import { bootTest } from "../embedded.ts";

export const UUID = "00000000-0000-4000-8000-000000000001";
export const SHARED: TaFlags = { singleInstance: true, multiSession: true, keepAlive: false };

export function app(parts: Partial<TrustedApp>): TrustedApp {
  return { ...helloWorld, uuid: UUID, name: "test", invoke: () => TEE.SUCCESS, ...parts };
}

/** A TA whose calls last until the gate opens. */
export function gated(): { app: TrustedApp; inside: () => number; open: () => void } {
  let open = (): void => {};
  let inside = 0;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const invoke = async (): Promise<number> => {
    inside++;
    await gate;
    return TEE.SUCCESS;
  };
  return { app: app({ flags: SHARED, invoke }), inside: () => inside, open: () => open() };
}

/** A core with what it takes to see that nothing is left on it, also while daemons serve it. */
export interface System {
  readonly core: Core;
  clean(daemons?: number): void;
  /** Takes the lines of its console. */
  lines(): string[];
}

/** A core whose stats pseudo TA has its context, which stays: what is allocated now must be allocated at the end. */
export async function system(...apps: TrustedApp[]): Promise<System> {
  return systemOf("", ...apps);
}

/** The same with build switches. */
export async function systemOf(cfg: string, ...apps: TrustedApp[]): Promise<System> {
  const { core, lines } = bootTest(cfg, undefined, [helloWorld, ...apps]);
  const client = createClient(core);
  await client.open(STATS_UUID);
  await client.end();
  const before = core.heap.heap.allocated;
  const clean = (daemons = 0): void => {
    expect([core.heap.heap.allocated, core.taRam.allocated, core.sessions.size]).toEqual([before, 0, 0]);
    // A daemon keeps a site book.
    expect([core.instances, core.userTas, core.observers.size]).toEqual([[], [], daemons]);
    expect([listeners(core), core.heap.listener]).toEqual([0, null]);
    expect(checkContext(core.heap)).toEqual([]);
  };
  return { core, clean, lines };
}

export async function hello(client: Client): Promise<number> {
  const { session, code } = await client.open(HELLO_WORLD_UUID);
  if (code !== TEE.SUCCESS) return code;
  const value = valueInOut(41);
  await client.invoke(session, HELLO_WORLD.INC_VALUE, params(value));
  await client.close(session);
  return value.type === "value" ? value.value.a : 0;
}
