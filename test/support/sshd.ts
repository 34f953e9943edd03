// A real sshd on 127.0.0.1, with keys and a configuration of its own, and the client's side of it.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** An sshd that runs. */
export interface Sshd {
  /** As `--on` takes it. */
  readonly on: string;
  stop(): Promise<void>;
}

/** Debian's place of the server. */
export const SSHD = "/usr/sbin/sshd";

/** Starts one; each login runs `command`, else what the client asks for. */
export async function startSshd(command = ""): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), "teemem-sshd-"));
  const at = (name: string): string => join(folder, name);
  for (const key of ["host", "user"]) spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", at(key)]);
  writeFileSync(at("authorized"), readFileSync(at("user.pub")), { mode: 0o600 });
  // As root it wants the folder that its service makes.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const port = await freePort();
  const server = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${at("host")}`,
    `AuthorizedKeysFile ${at("authorized")}`,
    `PidFile ${at("pid")}`,
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "StrictModes no",
    "UsePAM no",
    "PermitRootLogin yes",
    ...(command === "" ? [] : [`ForceCommand ${command}`]),
  ];
  writeFileSync(at("sshd_config"), `${server.join("\n")}\n`);
  const client = [
    "Host *",
    `  IdentityFile ${at("user")}`,
    "  IdentitiesOnly yes",
    "  StrictHostKeyChecking no",
    `  UserKnownHostsFile ${at("known")}`,
    "  LogLevel ERROR",
  ];
  writeFileSync(at("ssh_config"), `${client.join("\n")}\n`);
  const child = spawn(SSHD, ["-D", "-e", "-f", at("sshd_config")], { stdio: ["ignore", "ignore", "pipe"] });
  await listens(child, at("pid"));
  return {
    on: `ssh://${userInfo().username}@127.0.0.1:${port}?config=${at("ssh_config")}`,
    async stop() {
      const closed = new Promise((resolve) => child.once("close", resolve));
      if (child.exitCode === null && child.kill()) await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** It writes its number once it listens. */
async function listens(child: ChildProcess, pid: string): Promise<void> {
  let said = "";
  child.stderr?.on("data", (text) => {
    said += text;
  });
  while (!existsSync(pid)) {
    if (child.exitCode !== null) throw new Error(`${SSHD} ended with ${child.exitCode}: ${said.trim()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
