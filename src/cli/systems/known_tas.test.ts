// Tests of known_tas.ts.
import { expect, it } from "vitest";
import { nameOfTa, uuidOfName, uuidsMeant } from "./known_tas.ts";

const PKCS11 = "fd02c9da-306c-48c7-a49c-bbd827ae86ee";
const ACIPHER = "a734eed9-d6a1-4244-aa50-7c99719e7b7b";

it.each(["pkcs11", "PKCS#11", "PKCS#11 TA", "Pkcs11"])("knows %s", (name) => {
  expect([uuidOfName(name), uuidsMeant(name)]).toEqual([PKCS11, { ok: true, value: PKCS11 }]);
});

it("knows bundled and shipped TAs by name, and their names by UUID", () => {
  expect(uuidsMeant("acipher")).toEqual({ ok: true, value: ACIPHER });
  expect(uuidOfName("trusted_keys")).toBe("f04a0fe7-1f5d-4b9b-abf7-619b85b4ce8c");
  expect([nameOfTa(ACIPHER.toUpperCase()), nameOfTa("0")]).toEqual(["acipher", undefined]);
});

it("takes the beginning of a UUID, and refuses other words", () => {
  expect(uuidsMeant("FD02c9")).toEqual({ ok: true, value: "fd02c9" });
  expect(uuidsMeant("")).toEqual({ ok: true, value: "" });
  expect(uuidsMeant("acypher")).toMatchObject({ ok: false, error: expect.stringContaining("did you mean acipher?") });
});
