// A source with assembler of Arm in it: compiled once more, with traps where the assembler stands.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ToolAnswer } from "../call/tool_call.ts";
import type { Compiler, CompilerCall } from "../compiler/compiler.ts";

/** Instructions that only order memory, give way or set the thread pointer: nothing takes their place. */
const WITHOUT_EFFECT = /^\s*(dmb|dsb|isb|nop|yield|wfe|wfi|sev|sevl|csdb|hint|prfm|fence|msr\s+tpidr\w*)\b/i;

/** What clang says of assembler that WebAssembly does not have. */
const ASSEMBLER = /<inline asm>|invalid (output|input) constraint|unknown register name/;

/** What stands before the string of an asm call in LLVM's text. */
const BEFORE = / asm(?: (?:sideeffect|alignstack|inteldialect|unwind))* $/;

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
  const target = machineArguments(call.args);
  const last = await compiler.run({
    ...call,
    program: "clang",
    args: [...target, "-Wno-unused-command-line-argument", "-x", "ir", text, "-c", "-o", output],
  });
  rmSync(text, { force: true });
  return last.code === 0 ? { ...last, err: made.err } : first;
}

/** What the text still needs: the machine, and how its code is written. Checks are in it already. */
function machineArguments(args: readonly string[]): string[] {
  return args.flatMap((arg, at) => {
    const before = args[at - 1] ?? "";
    if (before === "-Xclang") return [];
    if (before === "-mllvm") return arg.startsWith("-wasm-") ? ["-mllvm", arg] : [];
    return /^(--target=|-O|-f)/.test(arg) ? [arg] : [];
  });
}

/** LLVM's text with an instruction of WebAssembly that traps, or nothing, in place of each asm string. */
export function withTraps(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.includes(" asm ") ? withTrap(line) : line))
    .join("\n");
}

/** Every second part is a string: a quote in a string is written as its number. */
function withTrap(line: string): string {
  const parts = line.split('"');
  const isAsm = (at: number): boolean => {
    const before = parts[at - 1] ?? "";
    return at % 2 === 1 && /\bcall\b/.test(before) && BEFORE.test(before);
  };
  return parts.map((part, at) => (isAsm(at) ? trapFor(part) : part)).join('"');
}

function trapFor(asm: string): string {
  return asm.trim() === "" || WITHOUT_EFFECT.test(asm) ? "" : "unreachable";
}
