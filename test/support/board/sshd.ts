// A real sshd on a port of its own, with keys and a configuration of its own, and the client's side of it.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestContext } from "vitest";
import { miss, needFile } from "../needs.ts";

export interface Sshd {
  /** What stands behind `--on`. */
  readonly on: string;
  /** The configuration of the client; a test may add to it. */
  readonly config: string;
  readonly folder: string;
  end(): void;
}

/** Starts one. Skips the test where it is not installed. */
export async function startSshd(context: TestContext): Promise<Sshd> {
  needFile(context, "/usr/sbin/sshd");
  const folder = mkdtempSync(join(tmpdir(), "teemem-sshd-"));
  const file = (name: string): string => join(folder, name);
  for (const name of ["host", "user"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file(name)]);
  const port = await freePort();
  // As root it wants the folder that its service makes.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  writeFileSync(
    file("sshd_config"),
    `ListenAddress 127.0.0.1:${port}\nHostKey ${file("host")}\nAuthorizedKeysFile ${file("user.pub")}\nStrictModes no\nUsePAM no\nPidFile none\n`,
  );
  const host = execFileSync("ssh-keygen", ["-y", "-f", file("host")], { encoding: "utf8" });
  writeFileSync(file("known_hosts"), `[127.0.0.1]:${port} ${host}`);
  writeFileSync(
    file("config"),
    `Host lab\nHostName 127.0.0.1\nPort ${port}\nUser ${userInfo().username}\nIdentityFile ${file("user")}\nIdentitiesOnly yes\nUserKnownHostsFile ${file("known_hosts")}\n`,
  );
  const child = spawn("/usr/sbin/sshd", ["-D", "-e", "-f", file("sshd_config")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = await listening(child);
  if (ended !== "") miss(context, `sshd does not start here: ${ended}`);
  return {
    on: `ssh://lab?config=${file("config")}`,
    config: file("config"),
    folder,
    end() {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Empty once it listens; else why not. */
async function listening(child: ChildProcess): Promise<string> {
  let said = "";
  child.stderr?.on("data", (text) => {
    said += text;
  });
  for (let n = 0; n < 200 && child.exitCode === null; n++) {
    if (said.includes("Server listening")) return "";
    await sleep(50);
  }
  return said.trim() || "no answer";
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
