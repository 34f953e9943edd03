// Tests of read_only.ts, and of what a module leaves free: the rights of C to the memory of a TA.
import { expect, it } from "vitest";
import { fixtureModule } from "../../../test/support/wasm.ts";
import { createCMemory } from "../instance/c_memory.ts";

it.each(["bugs.wasm32", "bugs.wasm64"])("constants of %s can be read and not written; NULL is no memory", (name) => {
  const { word, readOnly, lowest, memory: bytes, layout } = fixtureModule(name);
  const [constants] = readOnly;
  if (constants === undefined) throw new Error("the module has constants");
  const memory = createCMemory(new ArrayBuffer(bytes), word, { shared: [], shareable: [], readOnly, lowest });
  expect(constants.from).toBeGreaterThanOrEqual(lowest);
  // The heap comes before all other data.
  expect(constants.from).toBeGreaterThanOrEqual(layout.heapBase + layout.heapLength);
  expect(memory.writable(constants.from, 1)).toBe(false);
  expect(memory.writable(constants.to - 1, 2)).toBe(false);
  expect(memory.writable(constants.to, 1)).toBe(true);
  expect(memory.writable(layout.heapBase, 16)).toBe(true);
  for (const at of [0, 1, lowest - 1, -8]) expect(() => memory.bytes(at, 1)).toThrow("data-abort");
  expect(memory.bytes(lowest, 1)).toHaveLength(1);
});
