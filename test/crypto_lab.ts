// A TA for tests that need the crypto API.
import { expect } from "vitest";
import { nodeCrypto } from "../src/node/crypto.ts";
import { defaultPlatform } from "../src/platform/platforms.ts";
import { helloWorld } from "../src/tee/apps/hello_world.ts";
import { boot } from "../src/tee/boot.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import type { Core, Host } from "../src/tee/kernel/core.ts";
import type { ObjectStore } from "../src/tee/kernel/host/object_store.ts";
import { params } from "../src/tee/kernel/params.ts";
import type { TaInstance } from "../src/tee/kernel/ta_instance.ts";
import type { InternalApi } from "../src/tee/utee/internal_api.ts";
import type { TrustedApp } from "../src/tee/utee/trusted_app.ts";

/** The TA of the lab. */
export const LAB_UUID = "00000000-0000-4000-8000-00000000c0de";

/** A system with a TA that does what a test tells it to. */
export interface Lab {
  readonly core: Core;
  /** Runs inside the TA; what it throws the test sees. The code is that of the call: TARGET_DEAD after a panic. */
  run(work: (tee: InternalApi, instance: TaInstance) => unknown): Promise<number>;
  /** Both heaps are as they were before. */
  expectClean(): void;
}

/**
 * `crypto` false: without a provider. `random` in place of the system's, where a vector names its random number. `storage`
 * for its persistent objects, which otherwise go with it.
 */
export function lab(crypto = true, random?: (into: Uint8Array) => void, storage?: ObjectStore): Lab {
  let work: (tee: InternalApi, instance: TaInstance) => unknown = () => undefined;
  let failure: unknown;
  let taBefore = 0;
  let taAfter = 0;
  let core: Core | null = null;
  const app: TrustedApp = {
    ...helloWorld,
    uuid: LAB_UUID,
    name: "lab",
    async invoke(tee) {
      const instance = core?.instances.find((one) => one.uuid === LAB_UUID);
      if (instance === undefined) throw new Error("no instance");
      taBefore = instance.heap.heap.allocated;
      try {
        await work(tee, instance);
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        taAfter = instance.heap.heap.allocated;
      }
      return 0;
    },
  };
  const host: Partial<Host> = {
    random: random ?? ((into) => void globalThis.crypto.getRandomValues(into as Uint8Array<ArrayBuffer>)),
    wait: () => Promise.resolve(),
    ...(storage ? { storage } : {}),
    ...(crypto ? { crypto: nodeCrypto() } : {}),
  };
  const booted = boot({ platform: defaultPlatform() }, { console: () => {}, now: () => 0, apps: [app], host });
  if (!booted.ok) throw new Error(booted.error);
  core = booted.value;
  const before = core.heap.heap.allocated;
  return {
    core: booted.value,
    async run(next) {
      work = next;
      failure = undefined;
      const client = createClient(booted.value);
      const { session } = await client.open(LAB_UUID);
      const { code } = await client.invoke(session, 0, params());
      await client.end();
      // Only a panic of the API is an outcome; a failed expectation is the test's.
      if (failure instanceof Error && failure.name !== "TaPanic") throw failure;
      return code;
    },
    expectClean() {
      expect(taAfter).toBe(taBefore);
      expect(booted.value.heap.heap.allocated).toBe(before);
      expect(failure).toBeUndefined();
    },
  };
}
