// Tests of the names that a server goes by.
import { describe, expect, test } from "vitest";
import { hostName, hostRule } from "./hosts.ts";

describe("the name in a Host header", () => {
  test.each([
    ["127.0.0.1:80", "127.0.0.1"],
    ["LocalHost.:8080", "localhost"],
    ["[::1]:9", "::1"],
    ["[::1]", "::1"],
    ["lab", "lab"],
    ["", ""],
    [undefined, ""],
    ["a b", ""],
    ["user@lab", ""],
    ["lab:80:80", ""],
    ["lab:", ""],
    ["::1", ""],
    ["lab/evil", ""],
  ])("%s", (header, name) => expect(hostName(header)).toBe(name));
});

describe("a server of this machine", () => {
  test.each(["127.0.0.1", "::1", "localhost"])("on %s takes its own names, any port", (listening) => {
    const rule = hostRule(listening, ["desk"]);
    for (const good of ["127.0.0.1:1", "127.0.0.2", "localhost:9999", "[::1]:80"]) expect(rule(good), good).toBe(true);
    for (const bad of [
      "evil.example",
      "evil.example:80",
      "localhost.evil.example",
      "desk",
      "192.168.1.4",
      "",
      undefined,
      "127.0.0.1.nip.io",
    ])
      expect(rule(bad), bad).toBe(false);
  });
});

describe("a server of the network", () => {
  test.each(["0.0.0.0", "::", "192.168.1.4", "lab.example"])(
    "on %s takes addresses and the machine's names",
    (listening) => {
      const rule = hostRule(listening, ["Desk"]);
      for (const good of ["192.168.1.4:80", "[fe80::1]:1", "desk:80", "localhost"]) expect(rule(good), good).toBe(true);
      for (const bad of ["evil.example:80", "", undefined]) expect(rule(bad), bad).toBe(false);
    },
  );

  test("takes the name that it was told to listen on", () => {
    expect(hostRule("lab.example", [])("lab.example:8080")).toBe(true);
    expect(hostRule("0.0.0.0", [])("lab.example:8080")).toBe(false);
  });
});
