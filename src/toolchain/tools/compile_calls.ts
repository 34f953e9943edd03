// How each object was compiled: a file beside it. A shared library is compiled once more, as code for any address.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ToolCall } from "../call/tool_call.ts";

const ENDING = ".call.json";

/** Remembers the compilation of an object. */
export function rememberCall(call: ToolCall): void {
  const at = call.args.indexOf("-o");
  const output = at < 0 ? undefined : call.args[at + 1];
  if (output === undefined || !call.args.includes("-c") || !output.endsWith(".o")) return;
  writeFileSync(
    resolve(call.cwd, `${output}${ENDING}`),
    JSON.stringify({ tool: call.tool, cwd: call.cwd, args: call.args }),
  );
}

/** The compilation of an object into another file; null for an object that nobody has compiled here. */
export function callAgain(object: string, output: string): ToolCall | null {
  const path = `${object}${ENDING}`;
  if (!existsSync(path)) return null;
  const call = JSON.parse(readFileSync(path, "utf8")) as ToolCall;
  const at = call.args.indexOf("-o");
  return { ...call, args: call.args.map((arg, n) => (n === at + 1 ? output : arg)) };
}
