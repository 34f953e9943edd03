// Runs a program to its end and keeps what it says.
import { spawn } from "node:child_process";
import type { ToolAnswer } from "../call/tool_call.ts";

interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: Uint8Array | undefined;
}

/** The answer of a program; where it cannot be started or a signal ends it, exit code 127 and the reason. */
export function runProcess(
  program: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on("data", (part: Buffer) => out.push(part));
    child.stderr?.on("data", (part: Buffer) => err.push(part));
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.input);
    child.on("error", (error) => resolve({ code: 127, out: "", err: `${program}: ${error.message}\n` }));
    child.on("close", (code, signal) => {
      const reason = signal === null ? "" : `${program}: ended by ${signal}\n`;
      resolve({ code: code ?? 127, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() + reason });
    });
  });
}
