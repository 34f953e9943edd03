// ld: a module of a TA, an archive for a shared library, or one object of many.
import { resolve } from "node:path";
import { fails, says, type ToolAnswer, type ToolCall } from "../call/tool_call.ts";
import { writeArchive } from "./archive.ts";
import { readLink, wasmLdArguments } from "./link_arguments.ts";
import type { ToolContext } from "./tool_context.ts";

/** Links. A symbol that nobody defines is an error; wasm-ld names it and the file that needs it. */
export async function linkModule(call: ToolCall, context: ToolContext): Promise<ToolAnswer> {
  if (call.args.includes("-v") || call.args.includes("--version")) return says("teemem ld");
  const link = readLink(call.args, call.cwd);
  const output = resolve(call.cwd, link.output);
  const [missing] = link.missing;
  if (missing !== undefined) return fails(`ld: no library '${missing}': no folder after -L has lib${missing}.a`);
  if (link.shared)
    return writeArchive(
      output,
      link.inputs.filter((path) => path.endsWith(".o")),
    );
  const { target } = context.link;
  const args = link.relocatable
    ? [...(target === "wasm64" ? ["-mwasm64"] : []), "-r", ...link.inputs, "-o", output]
    : wasmLdArguments(link, output, context.link);
  const answer = await context.compiler.run({ program: "wasm-ld", cwd: call.cwd, args });
  if (answer.code === 0 && !link.relocatable) context.linked(output, call.cwd);
  return answer;
}
