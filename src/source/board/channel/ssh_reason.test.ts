// Tests of ssh_reason.ts: what OpenSSH 9.2 prints, and what a user is told.
import { expect, it } from "vitest";
import { sshReason } from "./ssh_reason.ts";

const target = { host: "lab1", user: "root", port: "2222", config: "", identity: "" };
const end = (said: string, code: number | null = 255) => ({ code, signal: null, error: null, said });

it.each([
  ["ssh: connect to host lab1 port 2222: Connection refused\r\n", /no ssh server on this port/],
  ["ssh: connect to host lab1 port 2222: No route to host\r\n", /no way to root@lab1/],
  ["ssh: connect to host lab1 port 2222: Connection timed out\r\n", /does not answer/],
  ["ssh: Could not resolve hostname lab1: Name or service not known\r\n", /no host \[lab1\]:2222/],
  ["root@lab1: Permission denied (publickey,password).\r\n", /try 'ssh -p 2222 root@lab1'/],
  [
    "@@@@@@@\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!  @\n…\nHost key verification failed.\r\n",
    /ssh-keygen -R \[lab1\]:2222/,
  ],
  [
    "No ED25519 host key is known for lab1 and you have requested strict checking.\r\nHost key verification failed.\r\n",
    /accept it/,
  ],
  [
    "Unable to negotiate with lab1 port 22: no matching host key type found. Their offer: ssh-rsa\r\n",
    /no algorithm in common/,
  ],
  ["client_loop: send disconnect: Broken pipe\r\n", /broke off/],
  ["Timeout, server lab1 not responding.\r\n", /broke off/],
  ["/home/u/.ssh/config: line 1: Bad configuration option: foo\r\n", /cannot use its configuration/],
  ["kex: something new\n", /^ssh ended with 255: kex: something new$/],
])("%j", (said, means) => {
  const text = sshReason(target, end(said));
  expect(text).toMatch(means);
  expect(text).not.toMatch(/HOST|COMMAND|NAME|LAST|\n/);
});

it("says which package has ssh", () => {
  const error = Object.assign(new Error("spawn ssh ENOENT"), { code: "ENOENT" });
  expect(sshReason(target, { code: null, signal: null, error, said: "" })).toMatch(/openssh-client/);
});
