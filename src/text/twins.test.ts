// Tests of twins.ts.
import { expect, test } from "vitest";
import { firstTwin } from "./twins.ts";

const place = (text: string): unknown => firstTwin(text.length, (i) => text.charAt(i));

test.each([
  ["aabbccddeeff", 0],
  ["xaabbccddeeffgg", 1],
  ["aaaabbccddeeff", 0],
  ["abcdefgh", undefined],
  ["aaaaaaaaaaaaaaaa", undefined],
  ["aabb", undefined],
  ["aabbccddeexf", undefined],
  ["aabbccddeeffgghhiijjkkllmmnnoopqrrssttuu", 0],
])("%s", (text, first) => expect(place(text)).toBe(first));
