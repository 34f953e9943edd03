// ld: a module of a TA, a shared library, or one object of many.
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fails, says, type ToolAnswer, type ToolCall } from "../call/tool_call.ts";
import { isShared, readLink, wasmLdArguments } from "./link_arguments.ts";
import { linkShared } from "./link_shared.ts";
import type { ToolContext } from "./tool_context.ts";

/** Links. A symbol that nobody defines is an error; wasm-ld names it and the file that needs it. */
export async function linkModule(call: ToolCall, context: ToolContext): Promise<ToolAnswer> {
  if (call.args.includes("-v") || call.args.includes("--version")) return says("teemem ld");
  const link = readLink(call.args, call.cwd);
  const output = resolve(call.cwd, link.output);
  const [missing] = link.missing;
  if (missing !== undefined) return fails(`ld: no library '${missing}': no folder after -L has lib${missing}.a`);
  if (link.shared) return linkShared(link, output, call, context);
  const { target } = context.link;
  const args = link.relocatable
    ? [...(target === "wasm64" ? ["-mwasm64"] : []), "-r", ...link.inputs, "-o", output]
    : wasmLdArguments(link, output, context.link);
  const run = (more: readonly string[]) =>
    context.compiler.run({ program: "wasm-ld", cwd: call.cwd, args: [...args, ...more] });
  const answer = await run([]);
  if (answer.code !== 0 || link.relocatable) return answer;
  // A TA that loads libraries offers them all that it has. What nobody calls may need what nobody has: then that stays out.
  if (loadsLibraries(output) && (await run(["--export-all"])).code !== 0) await run([]);
  const libraries = link.inputs.filter(isShared).map((path) => basename(path, ".so"));
  context.linked(output, call.cwd, { libraries });
  return answer;
}

/** True for a module that calls dlopen. */
function loadsLibraries(module: string): boolean {
  return readFileSync(module).includes("dlopen");
}
