// Debian's OP-TEE on this machine: the TAs of its source, built by their own Makefiles, and its xtest for arm64 against them.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, type TestContext, test } from "vitest";
import { type Ran, runBin } from "../cli.ts";
import { NO_DEBIAN, needPrograms } from "../support/needs.ts";
import { type DebianOptee, fetchDebianOptee } from "./packages.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-debian-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { XDG_CACHE_HOME: join(folder, "cache") };
const TAS = ["avb", "pkcs11", "remoteproc", "trusted_keys"];

let fetched: ReturnType<typeof fetchDebianOptee> | null = null;
let built: readonly Ran[] | null = null;

/** Debian's packages, with their TAs built; else the test is skipped and says what is missing. */
function debian(context: TestContext): DebianOptee {
  needPrograms(context, "make, clang-19, lld-19", "make", "clang-19", "wasm-ld-19");
  fetched ??= fetchDebianOptee();
  if (!fetched.ok) return context.skip(`${NO_DEBIAN}${fetched.error}`);
  const { source } = fetched.value;
  built ??= TAS.map((name) => runBin("teemem", ["ta", "build", join(source, "ta", name), "--optee", source], { env }));
  return fetched.value;
}

/** xtest under QEMU's user mode, against the TA of PKCS #11. */
function xtest(context: TestContext, words: readonly string[]): Ran {
  const { source, release, root } = debian(context);
  needPrograms(context, "qemu-user, gcc-aarch64-linux-gnu", "qemu-aarch64", "aarch64-linux-gnu-gcc");
  // It starts itself once more, by its own name: for a processor that this machine's kernel does not run.
  const itself = join(folder, "xtest");
  const qemu = ["qemu-aarch64", "-L", root, "-0", itself, join(root, "usr/bin/xtest")];
  writeFileSync(itself, `#!/bin/sh\nexec ${qemu.join(" ")} "$@"\n`, { mode: 0o755 });
  const client = [...qemu, ...words];
  const options = ["--no-report", "--optee", release, "--ta", join(source, "ta/pkcs11")];
  return runBin("teemem", ["exec", ...options, "--", ...client], { env });
}

test("the TAs of the source are built by their Makefiles, untouched", (context) => {
  debian(context);
  expect(built?.map(({ code }) => code)).toEqual(TAS.map(() => 0));
  const modules = readdirSync(join(folder, "cache/teemem/ta/modules"));
  expect(TAS.filter((name) => !modules.some((one) => one.startsWith(name)))).toEqual([]);
});

test("every case of xtest's suite pkcs11 passes", (context) => {
  const { stdout } = xtest(context, ["-t", "pkcs11"]);
  const [, subtests = "0", failed = "?"] = /^(\d{1,6}) subtests of which (\d{1,6}) failed$/m.exec(stdout) ?? [];
  expect(failed).toBe("0");
  expect(Number(subtests)).toBeGreaterThan(3000);
  expect(stdout.match(/^.*\bskip.*$/gim)).toEqual(["0 test cases were skipped"]);
});

test("its text of the statistics is ours, byte for byte", async (context) => {
  const { source, release, root } = debian(context);
  needPrograms(context, "qemu-user, gcc-aarch64-linux-gnu", "qemu-aarch64", "aarch64-linux-gnu-gcc");
  const libteec = join(folder, "libteec");
  const made = runBin("teemem", ["device", "build", "libteec", "--cc", "aarch64-linux-gnu-gcc", "-o", libteec], {
    env,
  });
  expect(made).toMatchObject({ code: 0 });
  const socket = join(folder, "boot.sock");
  const program = new URL("../../dist/cli/teemem.js", import.meta.url).pathname;
  const options = ["--optee", release, "--socket", socket, "--ta", join(source, "ta/pkcs11")];
  const boot = spawn(process.execPath, [program, "boot", ...options], { env: { ...process.env, ...env } });
  onTestFinished(() => void boot.kill());
  let said = "";
  boot.stderr.on("data", (text) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 60_000 }).toContain("listens on");
  const theirs = (...words: readonly string[]) => {
    const variables = ["-E", `LD_LIBRARY_PATH=${libteec}`, "-E", `TEEMEM_SOCKET=${socket}`];
    const ran = spawnSync("qemu-aarch64", ["-L", root, ...variables, join(root, "usr/bin/xtest"), ...words], {
      encoding: "utf8",
    });
    return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
  };
  // It leaves a TA that stays loaded.
  expect(theirs("-t", "pkcs11", "1000").code).toBe(0);
  // The first question after boot moves holes of the core heap: later ones leave it as it is.
  expect(theirs("--stats", "--alloc").code).toBe(0);
  for (const question of ["--alloc", "--ta", "--pager"]) {
    const ours = runBin("xtest", ["--stats", question], { env: { ...env, TEEMEM_SOCKET: socket } });
    expect(ours.stdout.length).toBeGreaterThan(40);
    expect(theirs("--stats", question)).toEqual({ code: ours.code, stdout: ours.stdout, stderr: ours.stderr });
  }
});
