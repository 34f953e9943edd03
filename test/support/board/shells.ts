// The ways to a shell that the conformance suite of shells goes, each with a real shell at its end.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { miss, needFile, needPrograms } from "../needs.ts";
import { SSHD, startSshd } from "../sshd.ts";

const CONSOLE = fileURLToPath(new URL("console.sh", import.meta.url));

/** Where a shell is, and what has to be ended behind it. */
export interface Place {
  readonly on: string;
  end(): void | Promise<void>;
}

/** A way to a shell. */
export interface Way {
  readonly name: string;
  /** True where standard error cannot be told apart. */
  readonly mixed: boolean;
  open(context: TestContext): Promise<Place>;
}

const nothing = (): void => {};

export const WAYS: readonly Way[] = [
  { name: "exec: with a pipe", mixed: false, open: async () => ({ on: "exec:sh", end: nothing }) },
  { name: "exec: with one output", mixed: true, open: async () => ({ on: "exec:sh 2>&1", end: nothing }) },
  {
    name: "exec: with bash",
    mixed: false,
    async open(context) {
      needPrograms(context, "bash", "bash");
      return { on: "exec:bash", end: nothing };
    },
  },
  {
    name: "ssh:// with a real sshd",
    mixed: false,
    async open(context) {
      needFile(context, SSHD);
      const { on, stop } = await startSshd().catch((error: Error) => miss(context, error.message));
      return { on, end: stop };
    },
  },
  {
    name: "exec: with a terminal behind it",
    mixed: true,
    async open(context) {
      needPrograms(context, "bsdutils", "script");
      return { on: `exec:script -qefc 'sh ${CONSOLE}' /dev/null`, end: nothing };
    },
  },
  { name: "tcp:// of a terminal server", mixed: true, open: (context) => terminalServer(context) },
  { name: "serial: with a pseudo terminal", mixed: true, open: (context) => serialPort(context) },
];

/** A terminal server that begins with the negotiation of telnet. */
async function terminalServer(context: TestContext): Promise<Place> {
  needPrograms(context, "bsdutils", "script");
  const children = new Set<ChildProcess>();
  const server = createServer((socket) => {
    socket.write(Uint8Array.of(255, 251, 1, 255, 251, 3, 255, 253, 24));
    const child = spawn("script", ["-qefc", `sh ${CONSOLE}`, "/dev/null"], { stdio: ["pipe", "pipe", "ignore"] });
    children.add(child);
    socket.on("data", (data) => child.stdin?.write(withoutTelnet(data)));
    child.stdout?.on("data", (data) => socket.write(data));
    socket.on("error", nothing);
    socket.on("close", () => child.stdin?.end());
    child.on("close", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    on: `tcp://root@127.0.0.1:${port}`,
    end() {
      server.close();
      for (const child of children) child.kill();
    },
  };
}

/** The client's answers have three bytes each. */
function withoutTelnet(data: Buffer): Buffer {
  let rest = data;
  while (rest[0] === 255) rest = rest.subarray(3);
  return rest;
}

async function serialPort(context: TestContext): Promise<Place> {
  needPrograms(context, "socat", "socat");
  const folder = mkdtempSync(join(tmpdir(), "teemem-serial-"));
  const path = join(folder, "port");
  const child = spawn("socat", [`PTY,link=${path},raw,echo=0`, `EXEC:"sh ${CONSOLE}",pty,stderr,setsid,ctty`], {
    stdio: "ignore",
  });
  while (!existsSync(path) && child.exitCode === null) await sleep(20);
  return {
    on: `serial:${path}?baud=115200`,
    end() {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
