// Tests of select.ts.
import { describe, expect, it } from "vitest";
import { CASES } from "./cases.ts";
import { listCases, selectCases } from "./select.ts";

const numbers = (...args: string[]): string[] => {
  const selected = selectCases(args, CASES);
  if (!selected.ok) throw new Error(selected.error);
  expect(selected.value.chosen.length + selected.value.skipped).toBe(CASES.length);
  return selected.value.chosen.map(({ number }) => number);
};
const all = CASES.map(({ number }) => number);

describe("the tests that xtest's arguments mean", () => {
  it.each([
    [[], all],
    [["4001"], ["4001"]],
    [["regression_4001"], ["4001"]],
    [
      ["4004", "4001"],
      ["4001", "4004"],
    ],
    [["40"], all],
    [["-x", "4001"], all.slice(1)],
    [["400", "-x", "4001", "-x", "4002"], all.slice(2)],
    [["-t", "regression", "-l", "15", "-d", "optee-tz", "4002"], ["4002"]],
    [["-t", "regression+pkcs11", "4002"], ["4002"]],
  ])("%j", (args, expected) => expect(numbers(...args)).toEqual(expected));

  it.each([
    [["9999"], /no test '9999'.*4001, 4002/],
    [["4001", "x"], /no test 'x'/],
    [["-x", "regression"], /leaves no test/],
    [["-t", "pkcs11"], /suite pkcs11/],
    [["-t", "nosuch"], /unknown test suite 'nosuch'/],
    [["-t", ""], /unknown test suite ''/],
    [["-l", "16"], /0 to 15/],
    [["-l", "-1"], /0 to 15/],
    [["-l"], /-l needs a value/],
    [["4001", "-x"], /-x needs a value/],
    [["-d", "other"], /unknown TEE 'other'/],
    [["-v"], /unknown option '-v'/],
  ])("%j is refused with a reason", (args, reason) => {
    expect(selectCases(args, CASES)).toMatchObject({ ok: false, error: expect.stringMatching(reason) });
  });

  it("lists them with a line each", () => {
    const lines = listCases(CASES).split("\n");
    expect(lines).toHaveLength(CASES.length + 2);
    expect(lines[1]).toBe("\t4001               Test TEE Internal API hash operations");
  });
});
