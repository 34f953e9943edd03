// Ids of persistent objects must lie in memory of the TA's own, as the specification says.
import { expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { helloWorld } from "../apps/hello_world.ts";
import { createClient } from "../kernel/client.ts";
import { bufferOf, memrefIn, type Params, params } from "../kernel/params.ts";
import type { InternalApi } from "../utee/internal_api.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { DATA_FLAG, STORAGE } from "./storage/flags.ts";

const FLAGS = DATA_FLAG.ACCESS_READ | DATA_FLAG.ACCESS_WRITE_META;

type Work = (tee: InternalApi, id: Uint8Array) => number;

async function codeOf(work: Work, own: boolean): Promise<number> {
  const app: TrustedApp = {
    ...helloWorld,
    invoke(tee, _session, _command, [id]: Params) {
      const bytes = bufferOf(id);
      return work(tee, own ? bytes.slice() : bytes.subarray(1, 3));
    },
  };
  const { core } = bootTest("", undefined, [app]);
  const client = createClient(core);
  const { session } = await client.open(app.uuid);
  // A buffer in the middle of a larger one, as clients have them.
  const bytes = new Uint8Array(100).subarray(20, 24);
  return (await client.invoke(session, 0, params(memrefIn(bytes)))).code;
}

it.each<readonly [string, number, Work]>([
  ["opened", TEE.ITEM_NOT_FOUND, (tee, id) => tee.openPersistentObject(STORAGE.PRIVATE, id, FLAGS).code],
  ["created", TEE.SUCCESS, (tee, id) => tee.createPersistentObject(STORAGE.PRIVATE, id, FLAGS).code],
  [
    "renamed",
    TEE.SUCCESS,
    (tee, id) => {
      const { handle } = tee.createPersistentObject(STORAGE.PRIVATE, Uint8Array.of(9), FLAGS);
      return tee.renamePersistentObject(handle, id);
    },
  ],
])("an object is %s by an id of the application's own; one in the client's memory panics", async (_, code, work) => {
  expect(await codeOf(work, true)).toBe(code);
  expect(await codeOf(work, false)).toBe(TEE.TARGET_DEAD);
});

it("memory beside the client's buffer is not the client's", async () => {
  const beside: Work = (tee, id) =>
    tee.openPersistentObject(STORAGE.PRIVATE, new Uint8Array(id.buffer, id.byteOffset + 3, 2), FLAGS).code;
  expect(await codeOf(beside, false)).toBe(TEE.ITEM_NOT_FOUND);
});
