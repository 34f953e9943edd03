// Tests of word_finder.ts.
import { expect, test } from "vitest";
import { createWordFinder } from "./word_finder.ts";

const WORDS = [["alloc", "-41"], ["Panic"], ["alloc", "ffff000c"]];

function owners(text: string): number[] {
  const hits = new Uint8Array(WORDS.length);
  const any = createWordFinder(WORDS)(text, hits);
  const found = [...hits].flatMap((hit, owner) => (hit === 1 ? [owner] : []));
  expect(any).toBe(found.length > 0);
  return found;
}

test.each([
  ["an ALLOCATION", [0, 2]],
  ["PaNiC", [1]],
  ["0xFFFF000C", [2]],
  ["code -41 and panic", [0, 1]],
  ["al", []],
  ["", []],
  ["allo", []],
  ["qlloc pbnic", []],
])("%j", (text, expected) => expect(owners(text)).toEqual(expected));
