// Waits for the calls of the scripts and answers them, as many at once as make has jobs.
import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ToolAnswer, ToolCall } from "../call/tool_call.ts";
import { toolOf } from "./scripts.ts";

interface ToolService {
  /** The folder for the variable that scripts read. */
  readonly folder: string;
  close(): void;
}

/** Answers calls until it is closed. An answer that throws fails its call and is kept for the caller of `close`. */
export function serveTools(answer: (call: ToolCall) => Promise<ToolAnswer>): ToolService {
  const folder = mkdtempSync(join(tmpdir(), "teemem-ta-"));
  const pipe = join(folder, "calls");
  spawnSync("mkfifo", [pipe]);
  const calls = new Socket({
    fd: openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });
  let rest = "";
  calls.on("data", (data: Buffer) => {
    const lines = (rest + data.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const id of lines) void serve(join(folder, id), answer);
  });
  return {
    folder,
    close() {
      calls.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serve(path: string, answer: (call: ToolCall) => Promise<ToolAnswer>): Promise<void> {
  const done = await answer(readCall(path)).catch((error: unknown) => ({
    code: 1,
    out: "",
    err: `teemem: ${String(error)}\n`,
  }));
  if (done.out !== "") writeFileSync(`${path}.out`, done.out);
  if (done.err !== "") writeFileSync(`${path}.err`, done.err);
  reply(path, `${done.code} ${done.out === "" ? 0 : 1} ${done.err === "" ? 0 : 1}\n`);
}

/** Nobody reads any more where make was interrupted. */
function reply(path: string, line: string): void {
  try {
    const pipe = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    writeSync(pipe, line);
    closeSync(pipe);
  } catch {
    return;
  }
}

function readCall(path: string): ToolCall {
  const [name = "", cwd = "", ...args] = readFileSync(`${path}.args`, "utf8").split("\0").slice(0, -1);
  const call = { tool: toolOf(name), cwd, args };
  const input = `${path}.in`;
  if (!existsSync(input)) return call;
  const bytes = readFileSync(input);
  rmSync(input);
  return { ...call, input: bytes };
}
