// Questions that Makefiles and CMake ask a compiler before they call it.
import { DONE, says, type ToolAnswer } from "../call/tool_call.ts";
import type { ToolContext } from "./tool_context.ts";

/** The answer to a question, or null for a call that compiles or links. */
export function answerQuestion(args: readonly string[], { compiler, compile }: ToolContext): ToolAnswer | null {
  for (const arg of args) {
    if (arg === "-print-file-name=include") return says(compiler.headers);
    if (arg.startsWith("-print-file-name=")) return says(arg.slice(arg.indexOf("=") + 1));
    if (arg === "-print-libgcc-file-name") return says("libgcc.a");
    if (arg === "-print-sysroot" || arg === "-print-multi-directory") return says("");
    if (arg === "-dumpmachine") return says(compile.target === "wasm64" ? "aarch64-linux-gnu" : "arm-linux-gnueabihf");
    if (arg === "-dumpversion" || arg === "-dumpfullversion") return says(`${compiler.major}.0.0`);
    if (arg === "--version") return says(`${compiler.name} for ${compile.target}, called by teemem`);
  }
  return args.length === 0 ? DONE : null;
}
