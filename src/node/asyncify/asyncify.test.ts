// Tests of TAs that wait where the engine cannot suspend them.
import { describe, expect, it } from "vitest";
import { fixtureBytes, fixtureModule, openWasm } from "../../../test/support/wasm.ts";
import { TEE } from "../../abi/errors.ts";
import { params, valueIn, valueInOut } from "../../tee/kernel/params.ts";
import { tapEvents } from "../../tee/monitor/tap.ts";
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
    expect(turns).toBeGreaterThan(0);
    await client.end();
  });
});

it.each(["stacks4.wasm32", "stacks5.wasm64"])("%s has the lines that it had before it was changed", async (name) => {
  const plain = fixtureModule(name);
  const made = await unwoundModule(plain, new Set(["malloc"]), asyncify);
  if (!made.ok) throw new Error(made.error);
  const ways: string[][] = [];
  for (const module of [plain, made.value]) {
    const { invoke, core } = await openWasm(module);
    const way: string[] = [];
    tapEvents(core, (event) => {
      if (event.kind === "heap" && event.heap === "ta") way.push(`${event.file}:${event.line}\n${event.stack}`);
    });
    for (const command of [0, 1, 2, 5]) expect(await invoke(command, params(valueIn(3)))).toBe(TEE.SUCCESS);
    ways.push(way);
  }
  expect(ways[0]).toHaveLength(4);
  expect(ways[1]).toEqual(ways[0]);
});

it("knows where instructions stood", () => {
  const bytes = fixtureBytes("probe.wasm64");
  const original = readOffsetMap(writeOffsetMap(bytes));
  const offsets = [...instructionOffsets(bytes)];
  expect(offsets.length).toBeGreaterThan(300);
  expect(offsets.map(original)).toEqual(offsets);
});
