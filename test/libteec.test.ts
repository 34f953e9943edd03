// device/libteec, compiled by the host's compiler, between a client in C and a daemon.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import type { Daemon } from "../src/daemon/server.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { BUNDLED } from "../src/tee/apps/bundled.ts";
import type { Core } from "../src/tee/kernel/core.ts";
import type { TrustedApp } from "../src/tee/utee/trusted_app.ts";
import { runBin } from "./cli.ts";
import { bootTest } from "./embedded.ts";
import { serve, until } from "./support/daemon.ts";
import { app } from "./support/daemon_system.ts";
import { buildLab, type Lab } from "./support/libteec/build.ts";
import { needPrograms } from "./support/needs.ts";
import { fixtureBytes } from "./support/wasm.ts";

const NEEDS = ["gcc, libc6-dev", "gcc"] as const;
const hasGcc = spawnSync("gcc", ["--version"]).error === undefined;

/** Command 0 writes four bytes of a memref and says two, 1 waits until it is cancelled. */
const test: TrustedApp = app({
  async invoke(tee, _session, command, [memref]) {
    if (command === 1) {
      tee.unmaskCancellation();
      return tee.wait(600_000);
    }
    if (memref.type !== "memref") return TEE.BAD_PARAMETERS;
    memref.buffer?.fill(1, 0, 4);
    memref.size = 2;
    return TEE.SUCCESS;
  },
});

let core: Core;
let daemon: Daemon;
let lab: Lab;
beforeAll(async () => {
  core = bootTest("", undefined, [...BUNDLED, test], { crypto: nodeCrypto() }).core;
  daemon = await serve(core);
  if (hasGcc) lab = buildLab();
});
afterAll(async () => {
  lab?.remove();
  await daemon.end();
});

/** What each step of the client prints. */
const PRINTS: Readonly<Record<string, string>> = {
  capabilities: "1 1\n",
  temporary: `0 from 4\n40\n${".".repeat(24)}\n`,
  // Whole; a part, and nothing around it; three refused by the library, one by the driver; allocated; NULL and unknown flags.
  memory: `0 from 4\n64\n0 from 4\n16\n${".".repeat(8)}\n${".".repeat(40)}\nffff0006 from 1\n8\nffff0006 from 1\n16\nffff0006 from 1\n8\nffff0006 from 2\n0\n0 from 4\n32\n1\nffff0006\nffff0006\n`,
  file: `0\n0 from 4\n${".".repeat(40)}\n`,
  // A user, a group of the client; applications and methods that Linux does not know; a group of others.
  logins: "0 from 4\n0 from 4\nffff0006 from 2\nffff0006 from 2\nffff0006 from 2\nffff0000 from 2\n",
  refused: "ffff0008 from 3\nffff0008\n0\nffff0006 from 1\nffff0006 from 1\n",
  shared: `0\n2\nxxxx${".".repeat(12)}\n`,
  cancel: "ffff0002\n",
  threads: "200\n".repeat(8),
};

describe("a client of libteec", () => {
  it.for(Object.entries(PRINTS))("%s", async ([step, prints], context) => {
    needPrograms(context, ...NEEDS);
    expect(await lab.run(daemon.path, step)).toEqual({ code: 0, out: prints, err: "" });
    await until(() => daemon.clients === 0);
    expect(core.sessions.size).toBe(0);
  });

  it("finds no TEE where no daemon listens, and hears why", async (context) => {
    needPrograms(context, ...NEEDS);
    const { code, out, err } = await lab.run("/nowhere/tee.sock");
    expect([code, out]).toEqual([1, "ffff0008\n"]);
    expect(err).toMatch(/^libteec: no daemon listens on \/nowhere\/tee\.sock \(.*\): start one with 'teemem boot'/);
  });

  it("that ends in the middle leaves no session", async (context) => {
    needPrograms(context, ...NEEDS);
    expect((await lab.run(daemon.path, "threads", "exit", "3")).code).toBe(3);
    await until(() => daemon.clients === 0);
    expect(core.sessions.size).toBe(0);
  });
});

describe("checked", () => {
  it.for([["-fsanitize=address,undefined"], ["-fsanitize=thread"]])("with gcc %s", async ([flag = ""], context) => {
    needPrograms(context, ...NEEDS);
    const checked = buildLab("gcc", flag, "-fno-sanitize-recover=all");
    try {
      const ran = await checked.run(daemon.path, ...Object.keys(PRINTS));
      expect(ran).toEqual({ code: 0, out: Object.values(PRINTS).join(""), err: "" });
    } finally {
      checked.remove();
    }
  });

  it("by valgrind", async (context) => {
    needPrograms(context, "valgrind, gcc, libc6-dev", "valgrind", "gcc");
    const valgrind = ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full"];
    const ran = await lab.runIn(valgrind, daemon.path, ...Object.keys(PRINTS));
    expect(ran).toEqual({ code: 0, out: Object.values(PRINTS).join(""), err: "" });
  });

  const COMPILERS = [["gcc", "-m32"], ["clang"], ["aarch64-linux-gnu-gcc"], ["arm-linux-gnueabihf-gcc"]].filter(
    ([program = "", ...words]) =>
      spawnSync(program, [...words, "-E", "-"], { input: "#include <errno.h>\n" }).status === 0,
  );
  it.for(COMPILERS)("compiles without a warning: %s", ([program, ...flags]) => {
    buildLab(program, ...flags).remove();
  });
});

it("exports the API, what upstream's programs use besides, and nothing else", (context) => {
  needPrograms(context, "binutils", "nm");
  const listed = spawnSync("nm", ["-D", "--defined-only", join(lab.folder, "libteec.so")], { encoding: "utf8" }).stdout;
  const names = listed
    .trim()
    .split("\n")
    .map((line) => line.split(" ").at(-1));
  expect(names.sort()).toEqual([
    "TEEC_AllocateSharedMemory",
    "TEEC_CloseSession",
    "TEEC_FinalizeContext",
    "TEEC_InitializeContext",
    "TEEC_InvokeCommand",
    "TEEC_OpenSession",
    "TEEC_RegisterSharedMemory",
    "TEEC_RegisterSharedMemoryFileDescriptor",
    "TEEC_ReleaseSharedMemory",
    "TEEC_RequestCancellation",
    "_dprintf",
    "dump_buffer",
  ]);
});

describe("teemem exec", () => {
  it("gives the client's output and exit code, and reports on standard error", async (context) => {
    needPrograms(context, ...NEEDS);
    const client = join(lab.folder, "..", "client");
    const env = { XDG_CACHE_HOME: join(lab.folder, "..", "cache") };
    const ran = runBin("teemem", ["exec", "--", client, "temporary", "exit", "7"], { env });
    expect([ran.code, ran.stdout]).toEqual([7, PRINTS.temporary]);
    expect(ran.stderr).toMatch(/^\nheap .*\ncore .*\nldelf .*\nrandom +1 +13 +256 +1% +0\n$/);
    const quiet = runBin("teemem", ["exec", "--no-report", "--", client, "refused"], { env });
    expect(quiet).toMatchObject({ code: 0, stdout: PRINTS.refused });
    expect(quiet.stderr).toMatch(/^teemem: a client asks for TA [\da-f-]{36}, which is not here.*\n$/);
  });

  it("check --ta runs a client and holds it against a budget", (context) => {
    needPrograms(context, ...NEEDS);
    const folder = join(lab.folder, "..");
    mkdirSync(join(folder, "tas"));
    writeFileSync(join(folder, "tas", "probe.wasm"), fixtureBytes("probe.wasm32"));
    const client = join(folder, "client");
    const env = { XDG_CACHE_HOME: join(folder, "cache") };
    const codeOf = (peak: string, ...words: string[]): number | null => {
      writeFileSync(join(folder, "budget.yaml"), `heaps:\n  ta-*:\n    peak: ${peak}\n`);
      return runBin("teemem", ["check", join(folder, "budget.yaml"), "--ta", join(folder, "tas"), ...words], { env })
        .code;
    };
    expect(codeOf("90 %", "--", client, "temporary")).toBe(0);
    expect(codeOf("10", "--", client, "temporary")).toBe(1);
    expect(codeOf("90 %", "--", client, "exit", "3")).toBe(2);
    expect(codeOf("90 %")).toBe(2);
  });

  it("says what cannot be run", (context) => {
    needPrograms(context, ...NEEDS);
    const ran = runBin("teemem", ["exec", "--", "./no_such_client"], { env: { HOME: lab.folder } });
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain("no such file: './no_such_client'");
    expect(ran.stderr).not.toContain("workload");
  });
});
