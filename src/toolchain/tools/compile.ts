// A compilation, without what this compiler says that it does not know.
import { basename, resolve } from "node:path";
import type { ToolAnswer, ToolCall } from "../call/tool_call.ts";
import { clangArguments, refusedArguments } from "./clang_arguments.ts";
import { rememberCall } from "./compile_calls.ts";
import { withoutAssembler } from "./inline_assembler.ts";
import type { ToolContext } from "./tool_context.ts";

/** Names of sources that clang compiles. */
export const SOURCE = /\.(c|cc|cpp|cxx|C|i|ii)$/;

/** C++ has no library here, which exceptions and types at run time need. */
const WITHOUT_LIBRARY = ["-fno-exceptions", "-fno-rtti"];

/** Compiles as a Makefile asks gcc to. */
export async function compile(call: ToolCall, context: ToolContext): Promise<ToolAnswer> {
  const source = call.args.find((arg) => SOURCE.test(arg));
  const replaced = source === undefined ? undefined : context.replaced.get(basename(source));
  const more = replaced !== undefined && "args" in replaced ? replaced.args : [];
  const program = call.tool === "g++" ? "clang++" : "clang";
  const first = program === "clang++" ? WITHOUT_LIBRARY : [];
  for (;;) {
    const given = call.args.map((arg) => (arg === source ? nameOf(source, call, context) : arg));
    const args = clangArguments([...first, ...given, ...more], context.compile, context.refused);
    const answer = await context.compiler.run({ ...call, program, args });
    if (answer.code === 0) {
      rememberCall(call);
      return answer;
    }
    const refused = refusedArguments(answer.err, args).filter((arg) => !context.refused.has(arg));
    if (refused.length === 0) return withoutAssembler({ ...call, program, args }, answer, context.compiler);
    for (const arg of refused) context.refused.add(arg);
  }
}

/** A source of a TA by its whole path, which the roots shorten: so its name is the same whatever Makefile and kit build it. */
function nameOf(source: string, { cwd }: ToolCall, { compile: { wholePaths = false } }: ToolContext): string {
  return wholePaths ? resolve(cwd, source) : source;
}
