// Tests of states.ts: heaps are found from the allocator's own state, whatever happened to their pool table.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createMemory } from "../../heap/memory.ts";
import { sentinels } from "./chains.ts";
import { inspectImage } from "./image.ts";
import { tablesOfStates } from "./states.ts";

const image = (name: string): Uint8Array =>
  new Uint8Array(
    gunzipSync(readFileSync(new URL(`../../../test/fixtures/qemu/${name}-secure-ram.bin.gz`, import.meta.url))),
  );
const shown = (bytes: Uint8Array): (readonly [string, string])[] => {
  const m = createMemory(bytes, { word: 8, base: 0 });
  const hex = (n: number): string => n.toString(16);
  return tablesOfStates(m, sentinels(m)).map(({ at, pools }) => [hex(at), pools.map((one) => hex(one.at)).join(" ")]);
};

// The core's heap of three pools is the one at 0x1d4730; two TAs with loader and scratch pool each.
const SID_ALL = [
  ["204b80", "1d4730 218000 20e100"],
  ["1d4110", "1c89e0"],
  ["244fe0", "241000"],
  ["2ee580", "2e65b0"],
  ["2f1d80", "2ee640"],
  ["318fe0", "315000"],
  ["382b00", "37ab30"],
  ["378750", "375000"],
] as const;

test("finds every heap of 4.10.0 and of 4.5.0", () => {
  expect(shown(image("sid-all-4.10")).sort()).toEqual([...SID_ALL].sort());
  expect(shown(image("trixie-4.5"))).toHaveLength(8);
});

test.each([0, 1, 2])("an entry of the table that is wrong is put right: entry %i", (entry) => {
  const whole = image("sid-all-4.10");
  for (const [offset, bit] of [
    [0, 0x10],
    [1, 0x40],
    [3, 0x80],
    [8, 0x10],
    [9, 0x01],
    [12, 0x01],
  ] as const) {
    const bytes = Uint8Array.from(whole);
    bytes[0x204b80 + 16 * entry + offset] = (bytes[0x204b80 + 16 * entry + offset] ?? 0) ^ bit;
    expect([offset, ...shown(bytes)]).toContainEqual(SID_ALL[0]);
  }
});

test("the page names the wrong entry, and shows all pools", () => {
  const bytes = image("sid-all-4.10");
  bytes[0x204b82] = (bytes[0x204b82] ?? 0) ^ 32;
  const core = inspectImage(bytes, {}).find(({ pools }) => pools.length === 3);
  expect(core?.damage.map(({ what }) => what)).toEqual([
    expect.stringContaining("pool table: entry 0 names 198864 bytes at 0x"),
  ]);
});
