// Tests that nothing in the tester's environment reaches a test (support/hermetic.ts).
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { hermetic } from "./support/hermetic.ts";

it("this very test runs without the tester's environment", () => {
  const { HOME: home = "", XDG_RUNTIME_DIR: runtime = "", TZ, LANG, TEEMEM_SOCKET } = process.env;
  expect({ TZ, LANG, TEEMEM_SOCKET }).toEqual({ TZ: "UTC", LANG: "C.UTF-8", TEEMEM_SOCKET: "" });
  expect(home).toMatch(/teemem-home-\w+$/);
  expect(runtime).toBe(`${home}/run`);
  // Other programs of a test may put files of theirs there, as Chromium does.
  expect(readdirSync(runtime).filter((name) => name.startsWith("teemem"))).toEqual([]);
  expect(process.env).toEqual({ ...hermetic(process.env, home) });
  expect(new Date().getTimezoneOffset()).toBe(0);
});

it("nor do the programs that a test starts have it", () => {
  const { stdout } = spawnSync("env", { encoding: "utf8" });
  expect(stdout).toContain("TZ=UTC\n");
  expect(stdout).not.toMatch(/^(NO_COLOR|FORCE_COLOR|COLUMNS|GITHUB_ACTIONS|LC_\w+|SHELL|USER)=/m);
});

it("takes over what a tester asks for, and nothing else", () => {
  const odd = {
    TZ: "Asia/Kathmandu",
    LANG: "tr_TR.UTF-8",
    LC_ALL: "tr_TR.UTF-8",
    FORCE_COLOR: "1",
    NO_COLOR: "1",
    COLUMNS: "20",
  };
  const more = {
    XDG_RUNTIME_DIR: "/run/odd",
    TEEMEM_SOCKET: "/tmp/x",
    TEEMEM_CFG: "CFG_WITH_STATS=n",
    GITHUB_ACTIONS: "true",
  };
  const asked = { PATH: "/bin", CI: "true", CHROMIUM: "/opt/chromium", TEEMEM_SHARED: "/data", VITEST_POOL_ID: "3" };
  expect(hermetic({ ...odd, ...more, HOME: "/home/odd", ...asked }, "/tmp/home")).toEqual({
    ...asked,
    HOME: "/tmp/home",
    XDG_RUNTIME_DIR: "/tmp/home/run",
    TEEMEM_SOCKET: "",
    TEEMEM_COMMAND: "teemem",
    TZ: "UTC",
    LANG: "C.UTF-8",
  });
});
