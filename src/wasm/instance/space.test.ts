// Tests of space.ts and address_space.ts: pages of a TA behind its module.
import { expect, it } from "vitest";
import { addressSpace } from "./address_space.ts";
import { type ByteSpan, createCMemory } from "./c_memory.ts";
import { createSpace } from "./space.ts";

const FROM = 0x10000;
const buffer = (): ArrayBuffer => new ArrayBuffer(FROM + 8 * 4096);
const anywhere = (bytes: number, before = 0, behind = 0): Parameters<ReturnType<typeof createSpace>["map"]>[0] => {
  return { at: 0, bytes, before, behind };
};

it("takes whole pages of zeros from the lowest gap, and 0 where there is none", () => {
  const bytes = buffer();
  new Uint8Array(bytes).fill(7);
  const space = createSpace(bytes, FROM);
  const taken = [1, 4097, 0].map((size) => space.take(size));
  expect(taken).toEqual([FROM, FROM + 4096, FROM + 3 * 4096]);
  expect(new Uint8Array(bytes, FROM, 4 * 4096).every((byte) => byte === 0)).toBe(true);
  expect(new Uint8Array(bytes)[FROM - 1]).toBe(7);
  space.give(FROM + 4096);
  expect(space.take(4096)).toBe(FROM + 4096);
  expect(space.take(5 * 4096)).toBe(0);
  expect(space.take(4 * 4096)).toBe(FROM + 4 * 4096);
});

it("maps at an address that is free, whole pages from a page's start", () => {
  const space = createSpace(buffer(), FROM);
  const at = FROM + 2 * 4096;
  expect(space.map({ ...anywhere(4096), at })).toBe(at);
  expect(space.map({ ...anywhere(1), at })).toBe(0);
  expect(space.map({ ...anywhere(1), at: at + 4095 })).toBe(0);
  expect(space.map({ ...anywhere(1), at: FROM - 4096 })).toBe(0);
  expect(space.map({ ...anywhere(7 * 4096), at: at + 4096 })).toBe(0);
});

it("leaves room before and behind where that is asked for", () => {
  const space = createSpace(buffer(), FROM);
  expect(space.map(anywhere(4096, 4096, 4096))).toBe(FROM + 4096);
  expect(space.map(anywhere(4096, 4096))).toBe(FROM + 3 * 4096);
  expect(space.map(anywhere(4096, 0, 5 * 4096))).toBe(0);
});

const NO_LIBRARIES = { openLibrary: () => ({ code: 0 }), symbol: () => ({ code: 0, at: 0 }) };

it("takes a part of a mapping out, and what is shared with it", () => {
  const bytes = buffer();
  const shareable: ByteSpan[] = [];
  const space = addressSpace(createSpace(bytes, FROM), shareable, NO_LIBRARIES);
  const memory = createCMemory(bytes, 8, { shared: [], shareable, readOnly: [], lowest: 0 });
  const own = space.map(anywhere(4096), false);
  const other = space.map(anywhere(3 * 4096), true);
  expect([memory.own(own, 4096), memory.own(other, 1), memory.own(other - 1, 2)]).toEqual([true, false, false]);
  space.unmap(other + 4096, 4096);
  expect([other, other + 4096, other + 2 * 4096].map((at) => memory.own(at, 16))).toEqual([false, true, false]);
  expect(space.map(anywhere(4096), false)).toBe(other + 4096);
});
