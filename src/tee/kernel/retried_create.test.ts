// Tests of a TA whose create entry point fails at first: ta_calls.ts.
import { expect, test } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { checkContext } from "../../malloc/check.ts";
import { helloWorld } from "../apps/hello_world.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { createClient } from "./client.ts";

const UUID = "00000000-0000-4000-8000-000000000001";

test.each([
  ["4.0.0", ["create", "open", "close"], TEE.SUCCESS],
  ["4.7.0", ["create", "open", "close"], TEE.SUCCESS],
  ["4.8.0", ["create", "create", "create", "open", "close"], TEE.GENERIC],
] as const)("%s: its entry points", async (version, expected, second) => {
  const calls: string[] = [];
  const failing: TrustedApp = {
    ...helloWorld,
    uuid: UUID,
    name: "failing",
    flags: { singleInstance: true, multiSession: true, keepAlive: true },
    create: () => {
      calls.push("create");
      return calls.length < 3 ? TEE.GENERIC : TEE.SUCCESS;
    },
    openSession: () => {
      calls.push("open");
      return TEE.SUCCESS;
    },
    closeSession: () => void calls.push("close"),
  };
  const { core } = bootTest("", version, [failing]);
  const client = createClient(core);
  expect((await client.open(UUID)).code).toBe(TEE.GENERIC);
  expect(core.instances).toHaveLength(1);
  const [instance] = core.instances;
  const opened = await client.open(UUID);
  expect(opened.code).toBe(second);
  const { session } = second === TEE.SUCCESS ? opened : await client.open(UUID);
  await client.close(session);
  expect(calls).toEqual(expected);
  // The heap was added once, when the instance came.
  expect(core.instances).toEqual([instance]);
  expect(instance && [instance.heap.poolCount, checkContext(instance.heap)]).toEqual([1, []]);
});
