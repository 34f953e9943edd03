// ssh://[USER@]HOST[:PORT]: a child process of the system's own ssh, so that its settings, keys, jump hosts and questions are the user's.
import type { Channel } from "./channel.ts";
import { childChannel } from "./child_channel.ts";
import { sshReason } from "./ssh_reason.ts";
import type { SshTarget } from "./ssh_url.ts";

/** Runs ssh. `control` is the path of a socket by which further connections use the first one; empty for none. */
export function sshChannel(target: SshTarget, env: NodeJS.ProcessEnv, control: string): Channel {
  const { host, user, port, config, identity } = target;
  const args = [
    ...["-T", "-o", "RemoteCommand=none", "-o", "ConnectTimeout=10"],
    ...["-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3"],
    ...(control === "" ? [] : ["-o", "ControlMaster=auto", "-o", `ControlPath=${control}`, "-o", "ControlPersist=no"]),
    ...(config === "" ? [] : ["-F", config]),
    ...(identity === "" ? [] : ["-i", identity]),
    ...(port === "" ? [] : ["-p", port]),
    ...(user === "" ? [] : ["-l", user]),
    ...["--", host, "exec sh"],
  ];
  return childChannel("ssh", args, { env: { ...env, LC_ALL: "C" }, reason: (end) => sshReason(target, end) });
}
