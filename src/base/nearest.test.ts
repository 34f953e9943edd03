// Tests of nearest.ts.
import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const names = ["regression-1001", "regression-1002", "pkcs11-1007", "boot"];

test("finds what is nearest first", () => {
  expect(nearest("regresion-1002", names)).toEqual(["regression-1002", "regression-1001"]);
  expect(nearest("BOOT", names)).toEqual(["boot"]);
  expect(nearest("something else", names)).toEqual([]);
});

test("a beginning is nearer than a typing error", () => {
  expect(nearest("pk", [...names, "pkx"])).toEqual(["pkx", "pkcs11-1007"]);
});

test("a part of the name is near, in any case", () => {
  expect(nearest("1007", names)).toEqual(["pkcs11-1007"]);
  expect(nearest("PKCS", names)).toEqual(["pkcs11-1007"]);
});
