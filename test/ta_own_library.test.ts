// The library of device/ta and the host's TEE_… from inside: a TA that checks them (test/fixtures/wasm/kit), also as one of version
// 1.1 of the API, whose sizes have 32 bits.
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { asyncify } from "../src/node/asyncify/asyncify.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { helloWorld } from "../src/tee/apps/hello_world.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { params, valueOut } from "../src/tee/kernel/params.ts";
import { wasmApp } from "../src/wasm/wasm_app.ts";
import { bootTest } from "./embedded.ts";
import { runnable } from "./support/own_modules.ts";
import { fixtureModule } from "./support/wasm.ts";

const PARTS = [
  "properties",
  "printing",
  "memory",
  "time",
  "sessions with other TAs",
  "persistent objects",
  "digests",
  "ciphers and MACs",
  "authenticated encryption",
  "key pairs",
  "big numbers",
];

const host = {
  crypto: nodeCrypto(),
  wait: () => Promise.resolve(),
  random: (into: Uint8Array) => void globalThis.crypto.getRandomValues(into as Uint8Array<ArrayBuffer>),
};

describe.each(runnable("kit", "kit11"))("%s", (name) => {
  it.each(PARTS.map((part, n) => [part, n] as const))("%s", async (part, command) => {
    const module = fixtureModule(name);
    const { core, lines } = bootTest("", undefined, [wasmApp(module, { asyncify }), helloWorld], host);
    const client = createClient(core);
    const { session } = await client.open(module.uuid);
    const before = core.instances[0]?.heap.heap.allocated;
    const line = valueOut();
    expect(await client.invoke(session, command, params(line))).toMatchObject({ code: TEE.SUCCESS });
    expect([part, line]).toMatchObject([part, { value: { a: 0 } }]);
    expect(core.instances[0]?.heap.heap.allocated).toBe(before);
    if (part === "printing")
      expect(lines()).toEqual([
        "I/TA: number -5, size 70000, text",
        expect.stringMatching(/^E\/TA: {2}check_printing:\d+ uuid 00000001-0002-0003-0405-060708090a0b$/),
        "I/TA: raw",
        expect.stringMatching(/^D\/TA: {2}check_printing:\d+ 0000 01 02 ff $/),
        "as it is 0000beef",
      ]);
    await client.close(session);
    expect(core.ended.filter(({ panicked }) => panicked)).toEqual([]);
  });
});
