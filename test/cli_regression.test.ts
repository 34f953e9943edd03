// Runs the test cases of xtest as a program.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { CRYPT_UUID } from "../src/tee/apps/crypt/commands.ts";
import { KEEP_ALIVE_UUID } from "../src/tee/apps/keep_alive.ts";
import { runBin } from "./cli.ts";
import { bootChild, until } from "./support/daemon.ts";

/** The counts are our own. */
function masked(text: string): string {
  return text.replace(/^\d+ subtests of/m, "N subtests of").replace(/^\d+ test cases were/m, "N test cases were");
}

function recorded(number: string): string {
  return readFileSync(new URL(`./fixtures/recorded/regression-${number}.out`, import.meta.url), "utf8");
}

/** `xtest ARGS…` while it runs. */
function start(args: readonly string[], path: string) {
  const bin = fileURLToPath(new URL("../dist/cli/xtest.js", import.meta.url));
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, TEEMEM_SOCKET: path } });
  const texts = { out: "", err: "" };
  child.stdout.on("data", (text: Buffer) => {
    texts.out += text.toString();
  });
  child.stderr.on("data", (text: Buffer) => {
    texts.err += text.toString();
  });
  const exit = once(child, "exit").then(([code]) => code as number | null);
  return { texts, exit, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

/** What `xtest --stats --ta` prints for a TA with a session; its numbers masked. */
function taRecord(uuid: string): string {
  const compact = `${uuid.slice(0, 23)}${uuid.slice(24)}`;
  const row = (label: string): string => `\t\t${`${label}:`.padEnd(39)}N\n`;
  return [
    `ta(${compact})\n\tpanicked(0) -- True if TA has panicked\n\tsession number(1)\n\tHeap Status:\n`,
    ...["Bytes allocated", "Max bytes allocated", "Size of pool", "Number of failed allocations"].map(row),
    ...["Size of larges allocation failure", "Total bytes allocated at that failure"].map(row),
  ].join("");
}

const numbersMasked = (text: string): string => text.replace(/(: +)\d+$/gm, (_, gap: string) => `${gap}N`);

describe("xtest on the embedded system", () => {
  it("prints what upstream prints", () => {
    const { stdout, stderr, code } = runBin("xtest", ["-t", "regression", "4001"]);
    expect([masked(stdout), stderr, code]).toEqual([masked(recorded("4001")), "", 0]);
  });

  it("ends with 1 where a check fails", () => {
    const env = { TEEMEM_CFG: "CFG_CORE_HEAP_SIZE=17000" };
    const { stdout, code } = runBin("xtest", ["4004"], { env });
    expect(code).toBe(1);
    expect(stdout).toContain("openSession has an unexpected value: 0xffff000c = TEEC_ERROR_OUT_OF_MEMORY");
    expect(stdout).toContain("1 test case of which 1 failed");
  });
});

describe("xtest and a daemon", async () => {
  const daemon = await bootChild(["--pace", "board"]);
  const env = { TEEMEM_SOCKET: daemon.path };
  afterAll(() => daemon.stop());

  it("shows both applications while 4006 runs, one after Ctrl-C", { timeout: 30_000 }, async () => {
    const test = start(["4006"], daemon.path);
    // Printed while it runs: a sub case has ended, and others are still to come.
    await until(() => test.texts.out.includes("regression_4006.1 OK"));
    const during = runBin("xtest", ["--stats", "--ta"], { env });
    expect(during.stderr).toBe("");
    expect(numbersMasked(during.stdout)).toBe(`${taRecord(KEEP_ALIVE_UUID)}\n${taRecord(CRYPT_UUID)}`);
    test.kill("SIGINT");
    expect(await test.exit).toBe(1);
    expect(test.texts.err).toBe("xtest: interrupted\n");
    expect(test.texts.out).not.toContain("application done");
    const after = runBin("xtest", ["--stats", "--ta"], { env });
    expect(numbersMasked(after.stdout)).toBe(taRecord(KEEP_ALIVE_UUID));
  });

  it("runs a whole test, after which the application is gone", { timeout: 30_000 }, () => {
    const { stdout, code } = runBin("xtest", ["-t", "regression", "4004"], { env });
    expect([masked(stdout), code]).toEqual([masked(recorded("4004")), 0]);
    expect(numbersMasked(runBin("xtest", ["--stats", "--ta"], { env }).stdout)).toBe(taRecord(KEEP_ALIVE_UUID));
  });
});

describe("Linux's session with the application of trusted keys", () => {
  const live = async (...args: string[]): Promise<boolean> => {
    const daemon = await bootChild(args);
    const { stdout } = runBin("xtest", ["--stats", "--ta"], { env: { TEEMEM_SOCKET: daemon.path } });
    await daemon.stop();
    return stdout.includes("f04a0fe7");
  };

  it.each([
    [[], false],
    [["--trusted-keys"], true],
    [["--pace", "board", "--no-trusted-keys"], false],
  ])("teemem boot %j: %s", async (args, expected) => expect(await live(...args)).toBe(expected));
});
