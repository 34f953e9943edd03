// The functions that the dev kit of device/ta leaves to its host: none is missing, and none is left over.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { createContext } from "../../malloc/context.ts";
import { allocatorCalls } from "../allocator/calls.ts";
import type { CallEnv } from "../calls/call_env.ts";
import { uteeCalls } from "../calls/utee_calls.ts";
import { createCMemory } from "../instance/c_memory.ts";
import { OWN_WAITS, ownCalls } from "./own_calls.ts";

const bytes = new Uint8Array(4096);
const memory = createCMemory(bytes.buffer, 8, { shared: [], readOnly: [], shareable: [], lowest: 0 });
const env: CallEnv = {
  memory,
  core: bootTest().core,
  entry: () => expect.fail("nobody entered"),
  svc: () => expect.fail("nobody entered"),
};
const imports = readFileSync("device/ta/mk/imports.txt", "utf8").trim().split("\n");
const own = Object.keys(ownCalls(env));

it("has all that a TA may import", () => {
  const heap = createContext(bytes, { word: 8, base: 0 });
  const others = [...Object.keys(uteeCalls(env)), ...Object.keys(allocatorCalls(memory, heap, () => [null, 0]))];
  expect(imports.filter((name) => !own.includes(name) && !others.includes(name))).toEqual([]);
});

it("has nothing that no TA may import", () => {
  const current = own.filter((name) => !name.startsWith("__GP11_"));
  expect(current.filter((name) => !imports.includes(name))).toEqual([]);
  expect([...OWN_WAITS].filter((name) => !own.includes(name))).toEqual([]);
});
