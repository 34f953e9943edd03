// Runs make with our tools: a folder of scripts, and the service that answers them.
import { spawn } from "node:child_process";
import type { ToolContext } from "../tools/tool_context.ts";
import { answerCall, TOOL_NAMES } from "../tools/tool_table.ts";
import { CALLS, writeScripts } from "./scripts.ts";
import { serveTools } from "./service.ts";

/** Runs make in a folder; gives its exit code. */
export type Make = (folder: string, args: readonly string[]) => Promise<number>;

/** Runs another program with the tools at hand. */
type RunTool = (program: string, args: readonly string[], folder: string) => Promise<number>;

export interface Workshop {
  readonly make: Make;
  readonly run: RunTool;
  /** The value of CROSS_COMPILE. */
  readonly crossCompile: string;
  close(): void;
}

interface WorkshopOptions {
  readonly context: ToolContext;
  /** The folder of the scripts; always the same, for make compares command lines. */
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
  readonly jobs: number;
  /** What make and the compiler say, as it comes. */
  readonly say: (text: string) => void;
}

/** Every name under which Makefiles of OP-TEE and of TAs look for a compiler. */
const CROSS = [
  "CROSS_COMPILE",
  "CROSS_COMPILE32",
  "CROSS_COMPILE64",
  "CROSS_COMPILE_core",
  "CROSS_COMPILE_ta_arm32",
  "CROSS_COMPILE_ta_arm64",
  "TA_CROSS_COMPILE",
];

/** Opens the service; `close` ends it. */
export function openWorkshop({ context, bin, env, jobs, say }: WorkshopOptions): Workshop {
  const service = serveTools((call) => answerCall(call, context));
  const crossCompile = writeScripts(bin, TOOL_NAMES);
  const variables = [
    ...CROSS.map((name) => `${name}=${crossCompile}`),
    `PYTHON3=${crossCompile}python3`,
    "COMPILER=gcc",
  ];
  const run: RunTool = (program, args, folder) =>
    runSaying(program, args, folder, { ...env, [CALLS]: service.folder }, say);
  return {
    run,
    make: (folder, args) => run("make", [`-j${jobs}`, "--no-print-directory", ...variables, ...args], folder),
    crossCompile,
    close: service.close,
  };
}

/** Flags that a calling make, or a shell's settings for a board, would hand on. */
const NOT_INHERITED = ["MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CFLAGS", "CPPFLAGS", "LDFLAGS", "ARCH", "CC", "LD", "AR"];

function runSaying(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
): Promise<number> {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_INHERITED.includes(name)));
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { cwd, env: own, stdio: ["ignore", "pipe", "pipe"] });
    const passOn = (data: Buffer): void => say(data.toString());
    child.stdout.on("data", passOn);
    child.stderr.on("data", passOn);
    child.on("error", (error) => {
      say(`${program}: ${error.message}\n`);
      resolve(127);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}
