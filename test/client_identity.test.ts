// Who a client is: identities as Linux makes them, and what a session keeps of them.
import { expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { helloWorld } from "../src/tee/apps/hello_world.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { ANYBODY, type Identity, LOGIN, linuxIdentity } from "../src/tee/kernel/identity.ts";
import { params } from "../src/tee/kernel/params.ts";
import type { UserApp } from "../src/tee/kernel/user_app.ts";
import { createSyscalls } from "../src/tee/svc/calls/syscalls.ts";
import { bootTest } from "./embedded.ts";

/** Python's uuid.uuid5 of the namespace and the name. */
it.each([
  [LOGIN.USER, 0, "ef0180a3-13f3-5d1c-b7f5-888c0e21059a"],
  [LOGIN.USER, 1000, "fc34275c-d8dd-5ba7-968b-504718363b87"],
  [LOGIN.GROUP, 0, "d93bc168-f863-58d3-a1fe-bb2039421b99"],
  [LOGIN.GROUP, 1000, "0ece43ed-001d-51bd-bab7-480c8954c3cf"],
])("login %i of number %i is %s", (login, id, uuid) => {
  expect(linuxIdentity(nodeCrypto(), login, id)).toEqual({ login, uuid });
});

it("a public login is nobody's, and logins that Linux does not know have no identity", () => {
  expect(linuxIdentity(undefined, LOGIN.PUBLIC, 1000)).toEqual(ANYBODY);
  expect(linuxIdentity(nodeCrypto(), LOGIN.APPLICATION, 1000)).toBeNull();
  expect(linuxIdentity(undefined, LOGIN.USER, 1000)).toBeNull();
});

it("a session keeps who opened it: the client, or the TA that calls another", async () => {
  const seen: Identity[] = [];
  const OTHER = "00000000-0000-4000-8000-000000000002";
  const app = (uuid: string, calls: boolean) => {
    return (core: Parameters<typeof createSyscalls>[0]): UserApp => ({
      ...{ name: "test", flags: helloWorld.flags, layout: helloWorld.layout, uuid },
      create: () => TEE.SUCCESS,
      open: () => TEE.SUCCESS,
      async invoke(entry) {
        seen.push(entry.session.client);
        if (!calls) return TEE.SUCCESS;
        const svc = createSyscalls(core, entry);
        const { session } = await svc.openTaSession(OTHER, params());
        return (await svc.invokeTaCommand(session, 0, params())).code;
      },
      close: async () => {},
      destroy: async () => {},
    });
  };
  const { core } = bootTest("", undefined, [app(helloWorld.uuid, true), app(OTHER, false)]);
  const client = createClient(core);
  const identity: Identity = { login: LOGIN.USER, uuid: "ef0180a3-13f3-5d1c-b7f5-888c0e21059a" };
  const one = await client.open(helloWorld.uuid, params(), undefined, identity);
  const two = await client.open(helloWorld.uuid);
  for (const { session } of [one, two]) expect((await client.invoke(session, 0, params())).code).toBe(TEE.SUCCESS);
  const ta: Identity = { login: LOGIN.TRUSTED_APP, uuid: helloWorld.uuid };
  expect(seen).toEqual([identity, ta, ANYBODY, ta]);
});
