// Tests of nearest.ts.
import { expect, test } from "vitest";
import { suggest } from "./nearest.ts";

const names = ["regression-1001", "regression-1002", "pkcs11-1007", "boot"];

test("suggests in words", () => {
  expect(suggest("regression-100", names)).toBe("; did you mean regression-1001 or regression-1002?");
  expect(suggest("bot", names)).toBe("; did you mean boot?");
  expect(suggest("?", names)).toBe("");
});
