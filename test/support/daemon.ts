// A daemon in this process, for tests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Connection, connectDaemon } from "../../src/daemon/remote_client.ts";
import { startDaemon } from "../../src/daemon/server.ts";
import type { Core } from "../../src/tee/kernel/core.ts";

/** A path for a socket in a folder of its own. */
export function socketPath(): string {
  return join(mkdtempSync(join(tmpdir(), "teemem-")), "tee.sock");
}

/** A daemon in this process. */
export async function serve(core: Core, path = socketPath()) {
  const daemon = await startDaemon(core, path);
  if (!daemon.ok) throw new Error(daemon.error);
  return daemon.value;
}

/** A connection, which must succeed. */
export async function connect(path: string): Promise<Connection> {
  const connection = await connectDaemon(path);
  if (!connection.ok) throw new Error(connection.error.text);
  return connection.value;
}

/** A bare socket, and everything that comes from it until it closes. */
export async function bare(path: string): Promise<{ socket: Socket; rest: Promise<Buffer> }> {
  const socket = createConnection(path);
  const chunks: Buffer[] = [];
  socket.on("data", (bytes) => chunks.push(bytes));
  socket.on("error", () => {});
  // However it ends: a daemon that closes with bytes unread resets the connection, behind what it had to say.
  const rest = new Promise<Buffer>((resolve) => void socket.once("close", () => resolve(Buffer.concat(chunks))));
  await once(socket, "connect");
  return { socket, rest };
}

/** Waits until something holds; a hang is the test runner's to end. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** `teemem boot` from `dist/` in a child process, once it listens. */
export async function bootChild(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  path = socketPath(),
  unread = false,
) {
  const bin = fileURLToPath(new URL("../../dist/cli/teemem.js", import.meta.url));
  const child = spawn(process.execPath, [bin, "boot", "--socket", path, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let console = "";
  let says = "";
  const read = (text: Buffer): void => {
    console += text.toString();
  };
  if (!unread) child.stdout.on("data", read);
  child.stderr.on("data", (text: Buffer) => {
    says += text.toString();
  });
  const exit = once(child, "exit").then(([code, signal]) => ({ code: code as number | null, signal, console, says }));
  await Promise.race([until(() => says.includes("listens on")), exit]);
  return {
    path,
    exit,
    console: () => console,
    says: () => says,
    /** Begins to read the console, where it was not read so far. */
    read: () => void child.stdout.on("data", read),
    stop(signal: NodeJS.Signals = "SIGTERM") {
      child.kill(signal);
      return exit;
    },
  };
}
