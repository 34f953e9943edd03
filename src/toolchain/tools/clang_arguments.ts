// What gcc's arguments for a board become for clang and WebAssembly.
import type { Target } from "../call/target.ts";

/** Arguments of gcc that say something of Arm or RISC-V, or that clang lacks: they go. */
const DROPPED: readonly RegExp[] = [
  /^-m(?!llvm$|m?d$|f$|p$|t$|q$)/i,
  /^-f(pic|PIC|pie|PIE)$/,
  /^-fstack-protector/,
  /^-fcf-protection/,
  /^-fno-(tree|ipa|toplevel|partial|conserve|allow-store|web|jump-tables|isolate|printf)/,
  /^-f(tree|ipa|conserve|no-toplevel|dump)-/,
  /^-ffixed-/,
  /^-fsplit-stack/,
  /^-funwind-tables$/,
  /^-fasynchronous-unwind-tables$/,
  /^-fsanitize=/,
  /^-fprofile/,
  /^-pg$/,
  /^-p(ie|ipe)$/,
  /^--target=/,
  /^-D__thumb2?__/,
];

/** `-m…` that are no matter of the machine. */
const KEPT = /^-(mllvm|M[DFGMPTQ]*)$/;

/** Arguments that drop with the word after them. */
const DROPPED_PAIRS: ReadonlySet<string> = new Set(["-target", "-arch"]);

/** OP-TEE's headers ask these for the size of words; the machine stays Arm, as TAs know it. */
const WORDS: Readonly<Record<Target, Readonly<Record<string, string>>>> = {
  wasm64: { "-D__ILP32__=1": "-D__LP64__=1", "-DARM32=1": "-DARM64=1" },
  wasm32: { "-D__LP64__=1": "-D__ILP32__=1", "-DARM64=1": "-DARM32=1" },
};

/** Before the Makefile's own flags, which may overrule them: what gcc takes with a warning. */
const LENIENT = [
  "implicit-function-declaration",
  "implicit-int",
  "int-conversion",
  "incompatible-pointer-types",
  "incompatible-function-pointer-types",
  "return-type",
].map((name) => `-Wno-error=${name}`);

/** After them: a new warning of another compiler breaks no build, and a pair of malloc and free is not optimised away. */
const LAST = [
  "-Wno-error",
  "-Wno-unknown-warning-option",
  "-Wno-unused-command-line-argument",
  "-Wno-ignored-optimization-argument",
  "-Wno-main-return-type",
  "-fno-builtin-malloc",
  "-fno-builtin-calloc",
  "-fno-builtin-realloc",
  "-fno-builtin-free",
  "-fno-stack-protector",
  // setjmp and longjmp as exceptions of WebAssembly.
  "-mllvm",
  "-wasm-enable-sjlj",
];

/** What every compilation of a build adds. */
export interface CompileSettings {
  readonly target: Target;
  /** Folders of headers that come before all others. */
  readonly includes: readonly string[];
  /** Folders that file names do not begin with in debug information. */
  readonly roots: readonly string[];
  /** Sources are compiled by their whole paths, whatever a Makefile calls them. */
  readonly wholePaths?: boolean;
  /** More arguments, of the mode of the build. */
  readonly more: readonly string[];
}

/** clang's arguments for a compilation as a Makefile asks gcc for it. `refused`: what this clang said that it does not know. */
export function clangArguments(
  args: readonly string[],
  { target, includes, roots, more }: CompileSettings,
  refused: ReadonlySet<string>,
): string[] {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (DROPPED_PAIRS.has(arg)) at++;
    else if (!refused.has(arg) && !isDropped(arg)) kept.push(WORDS[target][arg] ?? arg);
  }
  return [
    `--target=${target}`,
    ...includes.map((folder) => `-I${folder}`),
    ...LENIENT,
    ...kept,
    "-g",
    ...roots.flatMap((folder) => [`-ffile-prefix-map=${folder}=`, `-ffile-prefix-map=${folder}/=`]),
    ...LAST,
    ...more,
  ];
}

function isDropped(arg: string): boolean {
  return !KEPT.test(arg) && DROPPED.some((one) => one.test(arg));
}

const REFUSALS = [
  /error: unknown argument:? '([^']+)'/g,
  /error: unsupported option '([^']+)'/g,
  /error: unsupported argument '[^']*' to option '([^']+)'/g,
];

/** The arguments that clang refused, by its own words. */
export function refusedArguments(err: string, args: readonly string[]): string[] {
  const named = REFUSALS.flatMap((one) => [...err.matchAll(one)].map(([, name = ""]) => name));
  return args.filter((arg) => named.some((name) => arg === name || (name.endsWith("=") && arg.startsWith(name))));
}
