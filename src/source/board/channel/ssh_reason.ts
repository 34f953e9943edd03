// Why ssh ended, from its exit code and its standard error, as a sentence that says what to do.
import { clip } from "../../../base/printable.ts";
import type { ChildEnd } from "./child_channel.ts";
import { lastLine } from "./exec_channel.ts";
import type { SshTarget } from "./ssh_url.ts";

/** What ssh prints, and what it means. The first row that fits is it. HOST stands for the board. */
const REASONS: readonly (readonly [said: RegExp, means: string])[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    "HOST has another host key than known_hosts says; if the board was set up anew, run 'ssh-keygen -R NAME'",
  ],
  [
    /Host key verification failed|No \w+ host key is known/,
    "the host key of HOST is not known; run 'ssh COMMAND' once and accept it",
  ],
  [
    /Permission denied|Too many authentication failures/,
    "HOST let nobody in with the keys and passwords given; try 'ssh COMMAND'",
  ],
  [/Could not resolve hostname/, "there is no host NAME; check the name, or give its address"],
  [
    /Connection refused/,
    "HOST is there, but has no ssh server on this port; check the port, or whether the board has booted",
  ],
  [/No route to host|Network is unreachable/, "there is no way to HOST; check the network and the board's address"],
  [/timed out/i, "HOST does not answer; check that the board is on, and its address"],
  [
    /Unable to negotiate|no matching/,
    "ssh and HOST have no algorithm in common; see 'ssh COMMAND', and HostKeyAlgorithms in ssh_config(5)",
  ],
  [
    /Bad owner or permissions|Bad configuration option|Can't open user config/,
    "ssh cannot use its configuration: LAST",
  ],
  [/UNPROTECTED PRIVATE KEY/, "ssh takes no key that others can read; run 'chmod 600' on it"],
  [/not found|No such file or directory/, "there is no sh on HOST: LAST"],
  [
    /Connection (?:reset|closed)|Broken pipe|closed by remote host|Timeout, server/,
    "the connection to HOST broke off; the board may be restarting",
  ],
];

export function sshReason(target: SshTarget, { code, signal, error, said }: ChildEnd): string {
  if (error !== null)
    return error.code === "ENOENT"
      ? "there is no ssh here; install OpenSSH's client (Debian: openssh-client)"
      : `cannot run ssh (${error.code ?? error.message})`;
  const host = clip(`${target.user === "" ? "" : `${target.user}@`}${target.host}`);
  const means = REASONS.find(([pattern]) => pattern.test(said))?.[1];
  const last = clip(lastLine(said), 200);
  if (means !== undefined)
    return means
      .replace("HOST", host)
      .replace("COMMAND", `${target.port === "" ? "" : `-p ${target.port} `}${host}`)
      .replace("NAME", clip(target.port === "" ? target.host : `[${target.host}]:${target.port}`))
      .replace("LAST", last);
  if (code === 0 || signal !== null) return `the connection to ${host} was closed`;
  return `ssh ended with ${code}${last === "" ? `; try 'ssh ${host}'` : `: ${last}`}`;
}
