// Tests of errors.ts.
import { describe, expect, test } from "vitest";
import { ERROR_HELP, errorCode, errorName, errorText, TEE } from "./errors.ts";
import { ORIGIN, originName, PARAM_TYPE, paramTypes } from "./ids.ts";

describe("result codes", () => {
  test("name and number find each other", () => {
    expect(new Set(Object.values(TEE)).size).toBe(Object.keys(TEE).length);
    for (const [name, code] of Object.entries(TEE)) {
      expect(errorName(code)).toBe(name);
      expect(errorName(code | 0)).toBe(name);
      expect(errorCode(errorText(code))).toBe(code);
      expect(errorCode(errorText(code, "TEEC"))).toBe(code);
    }
    expect(Object.keys(ERROR_HELP)).toEqual(Object.keys(TEE));
  });

  test("as C spells them", () => {
    expect(errorText(0xffff0008)).toBe("TEE_ERROR_ITEM_NOT_FOUND");
    expect(errorText(0, "TEEC")).toBe("TEEC_SUCCESS");
    expect(errorText(0x1234)).toBe("0x00001234");
    expect(errorCode("toString")).toBeUndefined();
  });
});

test("origins have words", () => {
  expect(originName(ORIGIN.TRUSTED_APP)).toBe("the TA");
  expect(originName(9)).toContain("9");
});

test("parameter types are packed four bits each", () => {
  expect(paramTypes(PARAM_TYPE.VALUE_INPUT, PARAM_TYPE.MEMREF_OUTPUT)).toBe(0x61);
});
