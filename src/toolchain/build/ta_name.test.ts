// Tests of ta_name.ts.
import { expect, test } from "vitest";
import { taName, taNameOf } from "./ta_name.ts";

test("the nearest folder that is not called what every TA's is", () => {
  expect(taName("/home/me/hello_world/ta")).toBe("hello_world");
  expect(taName("/src/optee_test/ta/crypt")).toBe("crypt");
  expect(taName("/a b/TA/src")).toBe("a_b");
  expect(taName("/")).toBe("ta");
});

test("a link among the objects is the folder's own", () => {
  expect(taNameOf("/cache/o/sub", "/home/hotp/ta", "/cache/o")).toBe("hotp");
  expect(taNameOf("/home/all/ta/miss", "/home/all/ta", "/cache/o")).toBe("miss");
});
