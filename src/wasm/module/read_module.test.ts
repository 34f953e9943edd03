// Tests of reading TAs from files: what is damaged is refused, and nothing of it runs.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureBytes } from "../../../test/support/wasm.ts";
import { readTaModule } from "./read_module.ts";

describe.each(["probe.wasm32", "probe.wasm64"])("%s", (name) => {
  const bytes = fixtureBytes(name);

  it("has other bytes refused or read, and never fails otherwise", () => {
    const change = fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const damaged = Uint8Array.from(bytes);
        for (const { at, to } of changes) damaged[at] = to;
        const read = readTaModule(damaged, name);
        expect(read.ok || read.error.startsWith(`${name}: `)).toBe(true);
      }),
    );
  });

  it("is refused where its end is missing", () => {
    for (let length = 0; length < bytes.length; length += 7)
      expect(readTaModule(bytes.slice(0, length), name).ok).toBe(false);
  });
});

it("names what is no TA", () => {
  expect(readTaModule(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), "empty")).toEqual({
    ok: false,
    error: "empty: the module is no TA: it exports no ta_head, no ta_heap, no ta_heap_size",
  });
  expect(readTaModule(new TextEncoder().encode("#!/bin/sh\n"), "script")).toEqual({
    ok: false,
    error: "script: this is not a WebAssembly module",
  });
});
