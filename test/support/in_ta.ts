// A TA that has nothing but the system calls.
import { expect } from "vitest";
import { TEE } from "../../src/abi/errors.ts";
import { getStats } from "../../src/malloc/stats.ts";
import { nodeCrypto } from "../../src/node/crypto.ts";
import { helloWorld } from "../../src/tee/apps/hello_world.ts";
import { createClient } from "../../src/tee/kernel/client.ts";
import type { Core } from "../../src/tee/kernel/core.ts";
import type { UserApp } from "../../src/tee/kernel/user_app.ts";
import { createSyscalls, type Syscalls } from "../../src/tee/svc/calls/syscalls.ts";
import { bootTest } from "../embedded.ts";

/** Runs `work` in a TA that has nothing but the system calls, and expects both heaps as they were. */
export async function inTa(work: (svc: Syscalls, core: Core) => void | Promise<void>, version?: string): Promise<void> {
  let failure: unknown;
  const { uuid, name, flags, layout } = helloWorld;
  const { core } = bootTest(
    "",
    version,
    [
      (system): UserApp => ({
        uuid,
        name,
        flags,
        layout,
        create: () => TEE.SUCCESS,
        open: () => TEE.SUCCESS,
        async invoke(entry) {
          const before = [system.heap.heap.allocated, getStats(entry.instance.heap).allocated];
          try {
            await work(createSyscalls(system, entry), system);
            expect([system.heap.heap.allocated, getStats(entry.instance.heap).allocated]).toEqual(before);
          } catch (error) {
            failure = error;
          }
          return TEE.SUCCESS;
        },
        close: async () => {},
        destroy: async () => {},
      }),
    ],
    { crypto: nodeCrypto() },
  );
  const client = createClient(core);
  const { session, code } = await client.open(uuid);
  expect(code).toBe(TEE.SUCCESS);
  await client.invoke(session, 0, [{ type: "none" }, { type: "none" }, { type: "none" }, { type: "none" }]);
  if (failure !== undefined) throw failure;
}
