// Tests of ssh_url.ts.
import { expect, it } from "vitest";
import { readSshUrl } from "./ssh_url.ts";

const NONE = { user: "", port: "", config: "", identity: "" };

it("reads host, user, port and files", () => {
  expect(readSshUrl("//lab1")).toEqual({ ok: true, value: { ...NONE, host: "lab1" } });
  expect(readSshUrl("root@10.0.0.7:2222/")).toEqual({
    ok: true,
    value: { ...NONE, host: "10.0.0.7", user: "root", port: "2222" },
  });
  expect(readSshUrl("//[fe80::1%eth0]:22?config=/tmp/c d&identity=k")).toEqual({
    ok: true,
    value: { host: "fe80::1%eth0", user: "", port: "22", config: "/tmp/c d", identity: "k" },
  });
});

it("takes nothing that ssh would read as an option, and no password", () => {
  for (const where of ["", "//", "//-oProxyCommand=x", "//-l@h", "//h:x", "//a b", "//u:p@h", "//h?port=3", "//h:1:2"])
    expect([where, readSshUrl(where).ok]).toEqual([where, false]);
});
