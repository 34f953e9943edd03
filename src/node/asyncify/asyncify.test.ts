// Tests of TAs that wait where the engine cannot suspend them.
import { describe, expect, it } from "vitest";
import { fixtureBytes, fixtureModule, openWasm } from "../../../test/support/wasm.ts";
import { TEE } from "../../abi/errors.ts";
import { params, valueInOut } from "../../tee/kernel/params.ts";
import { unwoundModule } from "../../wasm/module/unwound.ts";
import { instructionOffsets } from "../../wasm/rewrite/instructions.ts";
import { asyncify } from "./asyncify.ts";
import { readOffsetMap, writeOffsetMap } from "./source_map.ts";

describe.each(["probe.wasm32"])("%s", (name) => {
  it("waits in any engine, and others are served meanwhile", async () => {
    const made = await unwoundModule(fixtureModule(name), new Set(["_utee_wait"]), asyncify);
    if (!made.ok) throw new Error(made.error);
    const { invoke, client, core } = await openWasm(made.value, { patience: 400 });
    const waits = invoke(4, params(valueInOut(30)));
    await new Promise((go) => setTimeout(go, 0));
    expect(core.instances.map(({ lock }) => lock.busy)).toEqual([true]);
    expect(await waits).toBe(TEE.SUCCESS);
    const number = valueInOut(21);
    expect(await invoke(0, params(number))).toBe(TEE.SUCCESS);
    expect(number).toMatchObject({ value: { a: 42 } });
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    expect(await invoke(6)).toBe(TEE.TARGET_DEAD);
    clearInterval(others);
    expect(turns).toBeGreaterThan(2);
    await client.end();
  });
});

it("knows where instructions stood", () => {
  const bytes = fixtureBytes("probe.wasm64");
  const original = readOffsetMap(writeOffsetMap(bytes));
  const offsets = [...instructionOffsets(bytes)];
  expect(offsets.length).toBeGreaterThan(300);
  expect(offsets.map(original)).toEqual(offsets);
});
