// A process that is called like QEMU and whose memory holds the secure RAM of a real board, and a QMP socket that speaks for it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FIXTURES = fileURLToPath(new URL("../fixtures/qemu/", import.meta.url));

/** Boards whose secure RAM was taken with two TAs loaded: OP-TEE 4.5.0 of Debian, 4.10.0 with all switches. */
export type Board = "trixie-4.5" | "sid-all-4.10";

export interface FalseQemu {
  readonly pid: number;
  /** Path of its QMP socket. */
  readonly qmp: string;
  /** Changes its memory; resolves when that is done. */
  write(at: number, bytes: Uint8Array): Promise<void>;
  stop(): Promise<void>;
}

// A WebAssembly memory lies as QEMU's RAM does: anonymous, and with memory that nobody may touch behind it.
const CHILD = `
const { readFileSync } = require("node:fs");
const { gunzipSync } = require("node:zlib");
const image = gunzipSync(readFileSync(process.argv[1]));
const pages = image.length / 65536;
const memory = new Uint8Array(new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer);
memory.set(image);
let rest = "";
process.stdin.on("data", (data) => {
  rest += data;
  for (let end = rest.indexOf("\\n"); end >= 0; end = rest.indexOf("\\n")) {
    const [at, hex] = rest.slice(0, end).split(" ");
    memory.set(Buffer.from(hex, "hex"), Number(at));
    rest = rest.slice(end + 1);
    process.stdout.write("done\\n");
  }
}).on("end", () => process.exit());
process.stdout.write("ready\\n");
`;

export const imageOf = (board: Board): string => join(FIXTURES, `${board}-secure-ram.bin.gz`);

/** Starts one. `command`: what it is called. */
export async function falseQemu(board: Board, command = "qemu-system-aarch64"): Promise<FalseQemu> {
  const child = spawn(process.execPath, ["-e", CHILD, imageOf(board)], {
    argv0: command,
    stdio: ["pipe", "pipe", "inherit"],
  });
  await said(child);
  const folder = mkdtempSync(join(tmpdir(), "teemem-qemu-"));
  const qmp = join(folder, "qmp.sock");
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.write('{"QMP": {"version": {}, "capabilities": []}}\r\n');
    socket.on("data", (data) => {
      for (const line of data.toString().split("\n").filter(Boolean))
        socket.write(`${JSON.stringify({ return: answerTo(line, child.pid ?? 0) })}\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(qmp, resolve));
  return {
    pid: child.pid ?? 0,
    qmp,
    async write(at, bytes) {
      child.stdin?.write(`${at} ${Buffer.from(bytes).toString("hex")}\n`);
      await said(child);
    },
    async stop() {
      server.close();
      rmSync(folder, { recursive: true, force: true });
      if (child.exitCode !== null || child.signalCode !== null) return;
      const over = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await over;
    },
  };
}

function answerTo(line: string, pid: number): unknown {
  const { execute, arguments: args } = JSON.parse(line) as { execute: string; arguments?: { "command-line"?: string } };
  if (execute === "query-cpus-fast") return [{ "thread-id": pid }];
  if (execute !== "human-monitor-command") return {};
  const name = args?.["command-line"]?.includes("mtree") === true ? "mtree" : "ramblock";
  return readFileSync(join(FIXTURES, `virt-secure.${name}.txt`), "utf8").replaceAll("\n", "\r\n");
}

async function said(child: ChildProcess): Promise<void> {
  await new Promise((resolve, reject) => {
    child.stdout?.once("data", resolve);
    child.once("exit", () => reject(new Error("it ended")));
  });
}
