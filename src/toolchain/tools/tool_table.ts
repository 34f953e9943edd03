// The tools of gcc and binutils that a Makefile can call, and who answers each.
import { copyFileSync } from "node:fs";
import { resolve } from "node:path";
import { DONE, fails, type ToolAnswer, type ToolCall } from "../call/tool_call.ts";
import { runProcess } from "../compiler/run_process.ts";
import { ar } from "./archive.ts";
import { cpp, gcc } from "./gcc.ts";
import { linkModule } from "./link_module.ts";
import type { ToolContext } from "./tool_context.ts";

type Tool = (call: ToolCall, context: ToolContext) => Promise<ToolAnswer>;

/** Every name after CROSS_COMPILE. */
const TOOLS: Readonly<Record<string, Tool>> = {
  gcc,
  cc: gcc,
  clang: raw,
  "wasm-ld": raw,
  "g++": gcc,
  "c++": (call, context) => gcc({ ...call, tool: "g++" }, context),
  cpp,
  ld: linkModule,
  "ld.bfd": linkModule,
  ar,
  "gcc-ar": ar,
  ranlib: async () => DONE,
  objcopy: copy,
  strip: copy,
  objdump: async () => DONE,
  readelf: async () => DONE,
  nm: async () => DONE,
  size: async () => DONE,
  python3,
};

export const TOOL_NAMES: readonly string[] = Object.keys(TOOLS);

export function answerCall(call: ToolCall, context: ToolContext): Promise<ToolAnswer> {
  const tool = Object.hasOwn(TOOLS, call.tool) ? TOOLS[call.tool] : undefined;
  return tool?.(call, context) ?? Promise.resolve(fails(`teemem: no tool '${call.tool}'`));
}

/** What the kit of our own calls: it knows whom it calls. */
async function raw(call: ToolCall, { compiler, linked }: ToolContext): Promise<ToolAnswer> {
  const program = call.tool === "clang" ? "clang" : "wasm-ld";
  const answer = await compiler.run({ ...call, program });
  const at = call.args.indexOf("-o");
  if (answer.code === 0 && program === "wasm-ld" && at >= 0)
    linked(resolve(call.cwd, call.args[at + 1] ?? ""), call.cwd);
  return answer;
}

/** objcopy and strip with two files copy: names of sections and stripped symbols say nothing here. */
async function copy({ args, cwd }: ToolCall): Promise<ToolAnswer> {
  const files = args.filter((arg, at) => !arg.startsWith("-") && !TAKES_WORD.has(args[at - 1] ?? ""));
  const [from, to] = [files.at(-2), files.at(-1)];
  if (from !== undefined && to !== undefined) copyFileSync(resolve(cwd, from), resolve(cwd, to));
  return DONE;
}

const TAKES_WORD: ReadonlySet<string> = new Set([
  "--rename-section",
  "-O",
  "-I",
  "-B",
  "-j",
  "-R",
  "--only-section",
  "--remove-section",
]);

/** Nobody checks a signature here: `--in FILE` becomes `--out FILE`. Other scripts run as they are. */
async function python3(call: ToolCall): Promise<ToolAnswer> {
  const { args, cwd, input } = call;
  if (!/sign_encrypt\.py$/.test(args[0] ?? "")) return runProcess("python3", args, { cwd, input });
  const after = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const [from, to] = [after("--in"), after("--out")];
  if (from === undefined || to === undefined) return DONE;
  copyFileSync(resolve(cwd, from), resolve(cwd, to));
  return DONE;
}
