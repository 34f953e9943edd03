// Tests of src/tee/svc/system/device_id.ts, against what xtest 1006 printed on a board of OP-TEE 4.0.0.
import { expect, it } from "vitest";
import { nodeCrypto } from "../src/node/crypto.ts";
import { deviceId, endorsementSeed } from "../src/tee/svc/system/device_id.ts";

const OS_TEST = "5b9e0e40-2636-11e1-ad9e-0002a5d5c51b";

it("are those of a board without a hardware key", () => {
  expect(deviceId(nodeCrypto())).toBe("94e9ab89-4c43-56ea-8b35-45dc07226830");
  const seed = endorsementSeed(nodeCrypto(), OS_TEST);
  expect(Buffer.from(seed ?? []).toString("base64")).toBe("IAAAAF/oh4Dv2O6E32e3C2BCBeEuIi3OAlWYzqF5yXZG63Ac");
});

it("are none without SHA-256", () => {
  expect([deviceId(undefined), endorsementSeed(undefined, OS_TEST)]).toEqual([null, null]);
});
