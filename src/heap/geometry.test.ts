// Tests of geometry.ts.
import { expect, test } from "vitest";
import { geometryOf } from "./geometry.ts";

test.each([
  [4, 8, 16, 8, -(2 ** 31)],
  [8, 16, 32, 16, -(2 ** 63)],
] as const)(
  "words of %i bytes: header %i, free header %i, quantum %i",
  (word, header, freeHeader, quantum, sentinel) => {
    expect(geometryOf(word)).toMatchObject({ word, header, freeHeader, quantum, sentinel, bits: 8 * word });
  },
);
