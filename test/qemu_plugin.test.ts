// The plugin of QEMU on a whole OP-TEE: a board that `qemu-board/build-all` of the shared sets has prepared is booted with it.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importRecording } from "../src/recording/import_recording.ts";
import { releaseOf } from "../src/release/releases.ts";
import { verifyTrace } from "../src/replay/verify.ts";
import { runHere } from "./run_here.ts";
import { NO_BOARD, needPrograms, needShared } from "./support/needs.ts";
import { everLive, listedBlocks, pluginRows } from "./support/plugin_rows.ts";

const PKCS11 = "fd02c9da-306c-48c7-a49c-bbd827ae86ee";
const BOARD = join(userInfo().homedir, ".cache/optee-qemu/sid-all");

let folder = "";
let machine: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-board-"));
});
afterEach(() => {
  machine?.kill();
  rmSync(folder, { recursive: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("close", resolve));
}

/** Runs a command on the board; tries again until its ssh server answers. Gives nothing if it does not. */
async function onBoard(command: string, most = 60): Promise<string> {
  for (let tries = 0; tries < most; tries++) {
    const ssh = spawn("ssh", ["-F", join(folder, "ssh_config"), "-o", "ConnectTimeout=10", "optee", command]);
    let out = "";
    ssh.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    if ((await ended(ssh)) !== 255) return out;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return "";
}

async function record(plugin: readonly string[], boot: URL): Promise<{ stats: string; console: string }> {
  const { outcome } = await runHere("device", "qemu", ...plugin, "-o", folder);
  expect(outcome).toEqual({ ok: true, value: 0 });
  const env = {
    ...process.env,
    CONSOLES: "unix",
    RUN_DIR: folder,
    SSH_PORT: String(await freePort()),
    OPTEE_QEMU_CACHE: join(BOARD, ".."),
    QEMU_ARGS: `-plugin ${folder}/teemem_qemu.so,out=${folder}/heap.events`,
  };
  machine = spawn(fileURLToPath(boot), ["sid-all"], { env, stdio: "ignore" });
  const end = ended(machine);
  const stats = await onBoard(
    "(xtest -t regression 1004; xtest -t pkcs11 1000) >/dev/null; xtest --stats --memleak; xtest --stats --alloc",
  );
  await onBoard("poweroff", 1);
  await end;
  return { stats, console: readFileSync(join(folder, "sec.log"), "latin1") };
}

describe.each([
  ["with its ELF file", ["--elf", join(BOARD, "tee.elf"), "--ta-elf", join(BOARD, `ta/${PKCS11}.elf`)]],
  ["without an ELF file", []],
])("an OP-TEE in QEMU, %s", (_, plugin) => {
  it("is recorded from the first operation to the last", async (context) => {
    const boot = needShared(context, "qemu-board/boot");
    if (!existsSync(join(BOARD, "recipe"))) context.skip(NO_BOARD);
    needPrograms(context, "qemu-system-arm, gcc, libc6-dev", "qemu-system-aarch64", "gcc");
    const { stats, console } = await record(plugin, boot);
    const events = readFileSync(join(folder, "heap.events"));
    const read = await importRecording(events, "heap.events");
    if (!read.ok) throw new Error(read.error);
    expect(read.value.cut).toBeUndefined();
    const [core] = read.value.traces;
    const release = releaseOf("4.10.0");
    if (core === undefined || !release.ok) throw new Error("no core heap");

    expect(verifyTrace(core, { release: release.value })).toMatchObject({ difference: null, operations: core.length });
    const listed = listedBlocks(console);
    expect(listed).not.toEqual([]);
    const { rows } = pluginRows(events);
    expect(
      everLive(
        rows.filter(({ heap }) => heap === "core"),
        listed,
      ),
    ).toBe(true);
    const turns = (what: string) => rows.flatMap(({ op, name }) => (op === what ? [name] : []));
    // What is entered is left, in order: this TA is not entered again from inside.
    expect(turns("enter")).toEqual(turns("leave"));
    expect(turns("enter").slice(0, 3)).toEqual(plugin.length === 0 ? [] : ["create", "open", "invoke 0"]);
    const told = /Max bytes allocated: +(\d+)/.exec(stats)?.[1];
    expect(Math.max(...core.allocated)).toBe(Number(told));
  });
});
