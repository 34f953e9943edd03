// gcc, g++ and cpp: a question, a compilation, a link.
import { writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DONE, type ToolAnswer, type ToolCall } from "../call/tool_call.ts";
import { makeFolders } from "../folders/make_folders.ts";
import { clangArguments } from "./clang_arguments.ts";
import { compile, SOURCE } from "./compile.ts";
import { linkModule } from "./link_module.ts";
import { answerQuestion } from "./questions.ts";
import type { ToolContext } from "./tool_context.ts";

const ASSEMBLER = /\.(S|s|sx)$/;
const STAGES: ReadonlySet<string> = new Set(["-c", "-E", "-S", "-M", "-MM", "-fsyntax-only"]);

/** Answers a call as gcc's driver would. */
export async function gcc(call: ToolCall, context: ToolContext): Promise<ToolAnswer> {
  const question = answerQuestion(call.args, context);
  if (question !== null) return question;
  const { args } = call;
  if (args.some((arg) => arg === "/dev/null" || arg === "-o/dev/null") && args.includes("-c")) return DONE;
  const assembler = args.find((arg) => ASSEMBLER.test(arg));
  if (assembler !== undefined && args.includes("-c")) return replaceSource(call, assembler, context);
  if (args.some((arg) => STAGES.has(arg))) return compile(call, context);
  return linkWithSources(call, context);
}

/** A linker script is of no use here: wasm-ld lays modules out itself. */
export async function cpp(call: ToolCall, context: ToolContext): Promise<ToolAnswer> {
  if (!call.args.some((arg) => /\.(ld|lds|ld\.S|lds\.S)$/.test(arg))) {
    return gcc({ ...call, args: ["-E", ...call.args] }, context);
  }
  for (const option of ["-o", "-MF"]) writeEmpty(call, option);
  return DONE;
}

/** Compiles our own file in place of assembler; an empty one where there is none, so that the linker names what lacks. */
async function replaceSource(call: ToolCall, source: string, context: ToolContext): Promise<ToolAnswer> {
  const replaced = context.replaced.get(basename(source));
  const ours = replaced !== undefined && "file" in replaced ? replaced.file : null;
  writeEmpty(call, "-MF");
  const at = call.args.indexOf("-o");
  const output = at < 0 ? basename(source).replace(/\.\w+$/, ".o") : (call.args[at + 1] ?? "");
  const input = new TextEncoder().encode("typedef int teemem_nothing;\n");
  const file = ours === null ? ["-x", "c", "-"] : [ours];
  // No checks are built into what an assembler would make.
  const compile = { ...context.compile, more: [] };
  const flags = clangArguments(["-Os", "-c", ...file, "-o", output], compile, context.refused);
  return context.compiler.run({ program: "clang", cwd: call.cwd, args: flags, ...(ours === null ? { input } : {}) });
}

/** `gcc a.c b.o -o x`: each source becomes an object, and all are linked. */
async function linkWithSources(call: ToolCall, context: ToolContext): Promise<ToolAnswer> {
  const at = call.args.indexOf("-o");
  const output = at < 0 ? "a.out" : (call.args[at + 1] ?? "a.out");
  const sources = call.args.filter((arg) => SOURCE.test(arg) || ASSEMBLER.test(arg));
  const flags = call.args.filter(
    (arg, index) => !sources.includes(arg) && index !== at && index !== at + 1 && !isLinkers(arg),
  );
  const objects = sources.map((source) => `${output}.${basename(source)}.o`);
  let warnings = "";
  for (const [index, source] of sources.entries()) {
    const args = [...flags, "-c", source, "-o", objects[index] ?? ""];
    const answer = await gcc({ ...call, args }, context);
    warnings += answer.err;
    if (answer.code !== 0) return answer;
  }
  const rest = call.args.filter((arg) => !sources.includes(arg));
  const linked = await linkModule({ ...call, args: [...objects, ...rest] }, context);
  return { ...linked, err: warnings + linked.err };
}

function isLinkers(arg: string): boolean {
  return arg.startsWith("-Wl,") || arg.startsWith("-l") || arg.startsWith("-L") || /\.(o|a|so)$/.test(arg);
}

function writeEmpty({ args, cwd }: ToolCall, option: string): void {
  const at = args.indexOf(option);
  const name = at < 0 ? undefined : args[at + 1];
  if (name === undefined) return;
  const path = resolve(cwd, name);
  makeFolders(dirname(path));
  writeFileSync(join(path), "");
}
