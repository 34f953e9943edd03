// Tests of operation.ts.
import { expect, test } from "vitest";
import { asksMemory, HEAP_OPS, isRelease, letterOf, OP, OPERATIONS, operationName } from "./operation.ts";

test("every code is that of its letter, and leads back to it", () => {
  for (const letter of HEAP_OPS) {
    expect(OP[letter]).toBe(letter.charCodeAt(0));
    expect(letterOf(OP[letter])).toBe(letter);
    expect(operationName(OP[letter])).toBe(OPERATIONS[letter].name);
  }
});

test("other codes are no operation", () => {
  for (const code of [-1, 0, 66, 255, Number.NaN])
    expect([letterOf(code), operationName(code), asksMemory(code), isRelease(code)]).toEqual([
      undefined,
      undefined,
      false,
      false,
    ]);
});

test("a realloc asks for memory and is no release", () => {
  expect(HEAP_OPS.filter((letter) => asksMemory(OP[letter])).join("")).toBe("MCRA");
  expect(HEAP_OPS.filter((letter) => isRelease(OP[letter])).join("")).toBe("FW");
});
