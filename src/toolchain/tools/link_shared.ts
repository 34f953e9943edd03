// A shared library: an archive, of which TAs that name it become a part, and a module that a TA can load while it runs.
import { dirname, join } from "node:path";
import { parseUuid } from "../../abi/uuid.ts";
import type { ToolAnswer, ToolCall } from "../call/tool_call.ts";
import { writeArchive } from "./archive.ts";
import { compile } from "./compile.ts";
import { callAgain } from "./compile_calls.ts";
import type { ParsedLink } from "./link_arguments.ts";
import type { ToolContext } from "./tool_context.ts";

/** Code for any address, with names that others find. */
const ANYWHERE = ["-fPIC", "-fvisibility=default"];

/** Writes both; the module only for a library with a UUID. A warning says why there is none. */
export async function linkShared(
  { inputs, soname }: ParsedLink,
  output: string,
  call: ToolCall,
  context: ToolContext,
): Promise<ToolAnswer> {
  const objects = inputs.filter((path) => path.endsWith(".o"));
  const archive = await writeArchive(output, objects);
  const uuid = parseUuid(soname);
  if (archive.code !== 0 || !uuid.ok) return archive;
  const module = join(dirname(output), `${uuid.value}.wasm`);
  const made = await linkModuleOf(objects, module, call, context);
  if (made.code === 0) context.linked(module, call.cwd, { name: uuid.value });
  return made.code === 0
    ? archive
    : { ...archive, err: `${archive.err}ld: no TA can load ${soname} while it runs:\n${made.err}` };
}

async function linkModuleOf(
  objects: readonly string[],
  output: string,
  { cwd }: ToolCall,
  context: ToolContext,
): Promise<ToolAnswer> {
  const anywhere = { ...context, compile: { ...context.compile, more: [...context.compile.more, ...ANYWHERE] } };
  const again: string[] = [];
  for (const object of objects) {
    const path = `${object}.pic.o`;
    const call = callAgain(object, path);
    // What was not compiled here was assembler: it is empty.
    if (call === null) continue;
    const answer = await compile(call, anywhere);
    if (answer.code !== 0) return answer;
    again.push(path);
  }
  const target = context.link.target === "wasm64" ? ["-mwasm64"] : [];
  const shared = ["--no-entry", "-shared", "--experimental-pic", "--unresolved-symbols=import-dynamic"];
  const names = ["--export-dynamic", "--export-if-defined=__wasm_call_ctors"];
  return context.compiler.run({
    program: "wasm-ld",
    cwd,
    args: [...target, ...shared, ...names, ...again, "-o", output],
  });
}
