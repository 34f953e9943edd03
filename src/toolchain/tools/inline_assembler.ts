// A source with assembler of Arm in it: compiled once more, with traps where the assembler stands.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ToolAnswer } from "../call/tool_call.ts";
import type { Compiler, CompilerCall } from "../compiler/compiler.ts";

/** Instructions that only order memory, give way or set the thread pointer: nothing takes their place. */
const WITHOUT_EFFECT = /^\s*(dmb|dsb|isb|nop|yield|wfe|wfi|sev|sevl|csdb|hint|prfm|fence|msr\s+tpidr\w*)\b/i;

/** What clang says of assembler that WebAssembly does not have. */
const ASSEMBLER = /<inline asm>|invalid (output|input) constraint|unknown register name/;

/** An asm call of LLVM's text: what stands before its string, and the string. */
const CALL = /(\bcall\b[^\n"]*\basm(?: \w+)* )"([^"]*)"/g;

/** The answer that a compilation gave, or that of a second one if inline assembler was what failed. An instruction that is reached ends the TA, as an unknown one does on a board. */
export async function withoutAssembler(call: CompilerCall, first: ToolAnswer, compiler: Compiler): Promise<ToolAnswer> {
  const at = call.args.indexOf("-o");
  const output = call.args[at + 1];
  if (!ASSEMBLER.test(first.err) || at < 0 || output === undefined || !call.args.includes("-c")) return first;
  const text = resolve(call.cwd, `${output}.ll`);
  const early = call.args.map((arg, index) => (arg === "-c" ? "-S" : index === at + 1 ? text : arg));
  const made = await compiler.run({ ...call, args: [...early, "-emit-llvm"] });
  if (made.code !== 0) return first;
  writeFileSync(text, withTraps(readFileSync(text, "utf8")));
  const target = call.args.filter((arg) => /^(--target=|-O|-f|-mllvm$|-wasm-)/.test(arg));
  const last = await compiler.run({
    ...call,
    program: "clang",
    args: [...target, "-Wno-unused-command-line-argument", "-x", "ir", text, "-c", "-o", output],
  });
  rmSync(text, { force: true });
  return last.code === 0 ? { ...last, err: made.err } : first;
}

/** LLVM's text with an instruction of WebAssembly that traps, or nothing, in place of each asm string. */
export function withTraps(text: string): string {
  return text.replaceAll(
    CALL,
    (_, before: string, asm: string) =>
      `${before}"${asm.trim() === "" || WITHOUT_EFFECT.test(asm) ? "" : "unreachable"}"`,
  );
}
