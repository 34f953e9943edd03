// TAs of WebAssembly that wait: by the engine where it can, else by binaryen.
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { asyncify } from "../src/node/asyncify/asyncify.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { params, valueInOut } from "../src/tee/kernel/params.ts";
import { wasmApp } from "../src/wasm/wasm_app.ts";
import { bootTest } from "./embedded.ts";
import { connect, serve, until } from "./support/daemon.ts";
import { fixtureModule, openWasm } from "./support/wasm.ts";

describe.each(["probe.wasm32", "probe.wasm64"])("%s", (name) => {
  it("waits, and others come in meanwhile, behind it in its instance", async () => {
    const { invoke, core } = await openWasm(fixtureModule(name), { asyncify });
    const waits = invoke(4, params(valueInOut(30)));
    await new Promise((go) => setTimeout(go, 0));
    expect(core.instances.map(({ lock }) => lock.busy)).toEqual([true]);
    const other = createClient(core);
    const { code, session } = await other.open(fixtureModule(name).uuid);
    expect(code).toBe(TEE.SUCCESS);
    expect(await waits).toBe(TEE.SUCCESS);
    const number = valueInOut(21);
    await other.invoke(session, 0, params(number));
    expect(number).toMatchObject({ value: { a: 42 } });
  });

  it("loops for ever, and others are served meanwhile", async () => {
    const { invoke } = await openWasm(fixtureModule(name), { asyncify, patience: 300 });
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    expect(await invoke(6)).toBe(TEE.TARGET_DEAD);
    clearInterval(others);
    expect(turns).toBeGreaterThan(0);
  });

  it("loops for ever, and ends when its client goes", async () => {
    const { core } = bootTest("", undefined, [wasmApp(fixtureModule(name), { asyncify })]);
    const daemon = await serve(core);
    const connection = await connect(daemon.path);
    const { session } = await connection.client.open(fixtureModule(name).uuid);
    void connection.client.invoke(session, 6, params());
    await until(() => core.instances.some(({ lock }) => lock.busy));
    await connection[Symbol.asyncDispose]();
    await until(() => daemon.clients === 0);
    expect(core.ended.map(({ panicked }) => panicked)).toEqual([true]);
    await daemon.end();
  });
});
