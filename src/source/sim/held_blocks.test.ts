// Tests of held_blocks.ts.
import { expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { helloWorld } from "../../tee/apps/hello_world.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../../tee/apps/leaky.ts";
import { createClient } from "../../tee/kernel/client.ts";
import { params, valueIn } from "../../tee/kernel/params.ts";
import { watchHeld } from "./held_blocks.ts";

it("tells an instance that ended by a panic from one that ended by itself", async () => {
  const panics = { ...leaky, invoke: async (tee: Parameters<typeof leaky.invoke>[0]) => tee.panic(7) };
  const { core } = bootTest("CFG_TEE_TA_MALLOC_DEBUG=y", undefined, [panics, helloWorld]);
  const held = watchHeld(core);
  const client = createClient(core);
  for (const uuid of [LEAKY_UUID, helloWorld.uuid]) {
    const { session } = await client.open(uuid);
    await client.invoke(session, 0, params(valueIn(1)));
    await client.close(session);
  }
  expect(held.of(undefined).map(({ name, panicked }) => [name, panicked])).toEqual([
    ["leaky", true],
    ["hello_world", false],
  ]);
});

it("keeps what instances held when they ended, the latest only, and stops", async () => {
  const { core } = bootTest("CFG_TEE_TA_MALLOC_DEBUG=y", undefined, [leaky, helloWorld]);
  const held = watchHeld(core, 2);
  const client = createClient(core);
  async function leak(size: number): Promise<void> {
    const { session } = await client.open(LEAKY_UUID);
    await client.invoke(session, LEAKY.LEAK, params(valueIn(size)));
    await client.close(session);
  }
  for (const size of [100, 200, 300]) await leak(size);
  await client.open(helloWorld.uuid);
  const leaked = held
    .of("LEAKY")
    .map(({ instance, ended, blocks }) => [
      instance,
      ended,
      blocks.ok && blocks.value.find(({ file }) => file.endsWith("leaky.c"))?.size,
    ]);
  expect(leaked).toEqual([
    [2, true, 200],
    [3, true, 300],
  ]);
  expect(held.of(undefined).map(({ name, ended }) => [name, ended])).toEqual([
    ["leaky", true],
    ["leaky", true],
    ["hello_world", false],
  ]);
  held.stop();
  await leak(400);
  expect([held.of("leaky").length, core.observers.size]).toEqual([2, 0]);
});
