// Boots an emulated board with a real OP-TEE for a test, where TEEMEM_QEMU_BOARD names the folder of its `boot`
// program, and OPTEE_QEMU_CACHE what that has prepared.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./sshd.ts";

/** A board that runs. */
export interface QemuBoard {
  /** As `--on` takes it. */
  readonly on: string;
  /** The QMP socket of its machine. */
  readonly qmp: string;
  stop(): Promise<void>;
}

/** Boots one of the boards, such as trixie or sid, on ports of its own. */
export async function bootQemuBoard(folder: string, suite: string): Promise<QemuBoard> {
  const run = mkdtempSync(join(tmpdir(), "teemem-qemu-"));
  const [normal, secure, ssh] = await Promise.all([freePort(), freePort(), freePort()]);
  const ports = { NS_PORT: String(normal), SEC_PORT: String(secure), SSH_PORT: String(ssh) };
  const qmp = join(run, "qmp.sock");
  const env = { ...process.env, ...ports, RUN_DIR: run, QEMU_ARGS: `-qmp unix:${qmp},server,nowait` };
  const child = spawn(join(folder, "boot"), [suite], { env, detached: true, stdio: "ignore" });
  return {
    on: `ssh://optee?config=${join(run, "ssh_config")}`,
    qmp,
    async stop() {
      await end(child);
      rmSync(run, { recursive: true, force: true });
    },
  };
}

/** Ends it with all that it has started. */
async function end(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once("close", resolve));
  if (child.pid !== undefined && child.exitCode === null) {
    process.kill(-child.pid, "SIGTERM");
    await closed;
  }
}
