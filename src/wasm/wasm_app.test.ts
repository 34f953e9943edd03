// Tests of TAs of WebAssembly: a probe whose commands do one thing each (test/fixtures/wasm/probe.c).
import { describe, expect, it } from "vitest";
import { fixtureModule, openWasm } from "../../test/support/wasm.ts";
import { TEE } from "../abi/errors.ts";
import { memrefIn, memrefInOut, params, valueInOut } from "../tee/kernel/params.ts";

const value = (a: number): ReturnType<typeof valueInOut> & { value: { a: number; b: number } } =>
  valueInOut(a) as ReturnType<typeof value>;

describe.each(["probe.wasm32"])("a TA of WebAssembly: %s", (name) => {
  it("is opened, called and closed", async () => {
    const { client, session, code, invoke, core } = await openWasm(fixtureModule(name));
    expect(code).toBe(TEE.SUCCESS);
    const number = value(21);
    expect(await invoke(0, params(number))).toBe(TEE.SUCCESS);
    expect(number.value).toEqual({ a: 42, b: 0 });
    expect(await invoke(99)).toBe(TEE.NOT_SUPPORTED);
    expect((await client.close(session)).code).toBe(TEE.SUCCESS);
    expect(core.instances).toEqual([]);
    expect(core.ended.map(({ panicked }) => panicked)).toEqual([false]);
  });

  it("changes the buffers of its caller that come out, and no others", async () => {
    const { invoke } = await openWasm(fixtureModule(name));
    const [inOut, inOnly] = [Uint8Array.of(1, 2, 255), Uint8Array.of(1, 2, 255)];
    expect(await invoke(3, params(memrefInOut(inOut)))).toBe(TEE.SUCCESS);
    expect(await invoke(3, params(memrefIn(inOnly)))).toBe(TEE.SUCCESS);
    expect([...inOut]).toEqual([2, 3, 0]);
    expect([...inOnly]).toEqual([1, 2, 255]);
  });
});
