// Runs the programs against a daemon.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runBin } from "./cli.ts";
import { bootChild, socketPath, until } from "./support/daemon.ts";

describe("programs while teemem boot runs", async () => {
  const daemon = await bootChild(["--optee", "4.10.0", "--after", "regression-1001"]);
  const env = { TEEMEM_SOCKET: daemon.path };
  afterAll(() => daemon.stop());

  it("xtest asks it, with the layouts of its release", () => {
    const { stdout, stderr, code } = runBin("xtest", ["--stats", "--alloc"], { env });
    expect([stderr, code, stdout.match(/^Pool:/gm)?.length]).toEqual(["", 0, 5]);
    const again = runBin("xtest", ["--stats", "--alloc"], { env });
    expect(again.stdout).toBe(stdout);
  });

  it("teemem stats asks it", () => {
    const { stdout, code } = runBin("teemem", ["stats", "--json"], { env });
    expect([code, JSON.parse(stdout).release]).toEqual([0, "4.10.0"]);
  });

  it("what is chosen explicitly is the embedded system", () => {
    const { stdout } = runBin("teemem", ["stats", "--json", "--optee", "4.5.0"], { env });
    expect(JSON.parse(stdout).release).toBe("4.5.0");
    const old = runBin("xtest", ["--stats", "--alloc"], { env: { ...env, TEEMEM_OPTEE: "4.0.0" } });
    expect(old.stdout.match(/^Pool:/gm)?.length).toBe(4);
  });

  it("a second daemon on its socket is refused", () => {
    const { stderr, code } = runBin("teemem", ["boot"], { env });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^teemem: another daemon listens on .*\n$/)]);
  });
});

describe("programs whose daemon is not there", () => {
  it.each(["xtest", "teemem"] as const)("%s says so where TEEMEM_SOCKET names it", (bin) => {
    const args = bin === "xtest" ? ["--stats", "--alloc"] : ["stats"];
    const { stdout, stderr, code } = runBin(bin, args, { env: { TEEMEM_SOCKET: "/nosuch/tee.sock" } });
    expect([stdout, code]).toEqual(["", 2]);
    expect(stderr).toMatch(/no daemon listens on \/nosuch\/tee.sock: start one with 'teemem boot'\n$/);
  });

  it.each([
    [["--pace", "slow"], /pace/],
    [["--cfg", "CFG_NOSUCH=y"], /unknown switch/],
    [["--socket", "/nosuch/folder/tee.sock"], /cannot listen on .* \(the folder \/nosuch\/folder does not exist\)/],
    [["--socket", ""], /--socket needs the path/],
    [["--socket", "unix:"], /--socket needs the path/],
  ])("teemem boot %s is wrong usage", (args, message) => {
    const { stderr, code } = runBin("teemem", ["boot", ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

/** `teemem boot` from its first moment on. */
function bootHere(path: string, ...args: string[]) {
  const bin = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
  const child = spawn(process.execPath, [bin, "boot", "--socket", path, ...args], { stdio: "ignore" });
  return { child, exit: once(child, "exit") };
}

describe("a program that starts just after teemem boot", () => {
  it("waits for the daemon that is there, but has not booted yet", async () => {
    // The socket is there at once, the system only when the recorded run has been played so far.
    const path = socketPath();
    const bin = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
    const args = ["boot", "--socket", `unix:${path}`, "--optee", "4.5.0", "--after", "regression-1001"];
    const child = spawn(process.execPath, [bin, ...args], { stdio: "ignore" });
    const exit = once(child, "exit");
    await until(() => existsSync(path));
    const { stdout, code } = runBin("teemem", ["stats", "--json"], { env: { TEEMEM_SOCKET: path } });
    expect([code, JSON.parse(stdout).release]).toEqual([0, "4.5.0"]);
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  });

  it("is told why, where the start fails", async () => {
    const path = socketPath();
    const held = bootHere(path, "--after", "nosuch");
    await until(() => existsSync(path));
    const { stderr, code } = runBin("teemem", ["stats"], { env: { TEEMEM_SOCKET: path } });
    const [ended] = await held.exit;
    expect([code, ended, existsSync(path)]).toEqual([2, 2, false]);
    // It may also be so late that nobody is there any more.
    expect(stderr).toMatch(/ended the connection: it could not start: no mark 'nosuch'|no daemon listens on/);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "%s while it still boots ends it with 0, and its socket is gone",
    async (signal) => {
      const path = socketPath();
      const { child, exit } = bootHere(path, "--after", "regression-1013");
      await until(() => existsSync(path));
      child.kill(signal);
      expect(await exit).toEqual([0, null]);
      expect(existsSync(path)).toBe(false);
    },
  );

  it("is not held up by a start that fails: its socket is gone", async () => {
    const path = socketPath();
    const { code } = runBin("teemem", ["boot", "--socket", path, "--cfg", "CFG_NOSUCH=y"]);
    expect([code, existsSync(path)]).toEqual([2, false]);
  });
});

describe("help", () => {
  it.each([[], ["boot"], ["run"], ["watch"], ["stats"], ["demo"], ["replay"]])(
    "of %s has lines of 80 columns at most",
    (...words) => {
      const { stdout, code } = runBin("teemem", ["help", ...words]);
      expect([code, stdout.split("\n").filter((line) => line.length > 80)]).toEqual([0, []]);
    },
  );
});
