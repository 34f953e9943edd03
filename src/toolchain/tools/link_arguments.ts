// What ld.bfd's arguments become for wasm-ld.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Target } from "../call/target.ts";

/** What every link of a build adds. */
export interface LinkSettings {
  readonly target: Target;
  /** A file that names the symbols that the host gives, one on a line. */
  readonly importsFile: string;
  /** Objects before all others. */
  readonly first: readonly string[];
  /** Archives after all others. */
  readonly runtime: readonly string[];
}

export interface ParsedLink {
  readonly output: string;
  /** Objects and archives, in order, as absolute paths; and options of wasm-ld. */
  readonly inputs: readonly string[];
  readonly shared: boolean;
  /** The name of a shared library; of OP-TEE's, their UUID. Empty where it has none. */
  readonly soname: string;
  /** Objects become one object. */
  readonly relocatable: boolean;
  /** Names after -l that no folder has. */
  readonly missing: readonly string[];
}

/** Libraries of gcc and of a C library: what TAs use of them, OP-TEE's or our own libraries have. */
const NOT_NEEDED: ReadonlySet<string> = new Set(["gcc", "gcc_eh", "gcc_s", "c", "m", "stdc++", "supc++", "nosys"]);

/** Options with a word of their own after them. */
const PAIRS: ReadonlySet<string> = new Set(
  [
    "-T",
    "-z",
    "-e",
    "-m",
    "-soname",
    "--soname",
    "-h",
    "--dynamic-list",
    "--version-script",
    "-Map",
    "-I",
    "-rpath",
  ].concat([
    "--entry",
    "--script",
    "-plugin",
    "-dynamic-linker",
    "--dynamic-linker",
    "-Ttext",
    "-Tdata",
    "--defsym",
    "-G",
    "-A",
  ]),
);

/** Options that wasm-ld has, too. */
const KEPT = /^(--whole-archive|--no-whole-archive|--wrap[=,].+|--gc-sections|--no-gc-sections|--start-lib|--end-lib)$/;

/** Reads a linker's arguments, those after -Wl, too. */
export function readLink(args: readonly string[], cwd: string): ParsedLink {
  const words = args.flatMap((arg) => (arg.startsWith("-Wl,") ? arg.slice(4).split(",") : [arg]));
  const folders = words.flatMap((word, at) =>
    word === "-L" ? [words[at + 1] ?? ""] : word.startsWith("-L") ? [word.slice(2)] : [],
  );
  const inputs: string[] = [];
  const missing: string[] = [];
  let output = "a.out";
  let soname = "";
  const library = (name: string): void => {
    const found = findLibrary(
      name,
      folders.map((folder) => resolve(cwd, folder)),
    );
    if (found !== null) inputs.push(found);
    else if (!NOT_NEEDED.has(name)) missing.push(name);
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "-o") output = words[++at] ?? output;
    else if (word.startsWith("-o") && !word.startsWith("-om")) output = word.slice(2);
    else if (word === "-soname" || word === "--soname" || word === "-h") soname = words[++at] ?? "";
    else if (/^--?soname=/.test(word)) soname = word.slice(word.indexOf("=") + 1);
    else if (word === "-L" || PAIRS.has(word)) at++;
    else if (word === "-l") library(words[++at] ?? "");
    else if (word.startsWith("-l")) library(word.slice(2));
    else if (word === "-u" || word === "--undefined") inputs.push("-u", words[++at] ?? "");
    else if (KEPT.test(word)) inputs.push(word);
    else if (!word.startsWith("-") && isInput(resolve(cwd, word))) inputs.push(resolve(cwd, word));
  }
  const has = (...names: string[]): boolean => names.some((name) => words.includes(name));
  return {
    output,
    inputs,
    missing,
    soname,
    shared: has("-shared", "--shared"),
    relocatable: has("-r", "--relocatable", "-i"),
  };
}

function isInput(path: string): boolean {
  return /\.(o|a|so|obj|lo)$/.test(path) && (existsSync(path) || /\.(o|obj)$/.test(path));
}

function findLibrary(name: string, folders: readonly string[]): string | null {
  const names = name.startsWith(":") ? [name.slice(1)] : [`lib${name}.a`, `lib${name}.so`];
  for (const folder of folders) {
    const found = names.map((one) => join(folder, one)).find((path) => existsSync(path));
    if (found !== undefined) return found;
  }
  return null;
}

/** What the host takes from a module by name. */
const EXPORTS = [
  ["__utee_entry", "__ta_entry", "TA_CreateEntryPoint", "TA_DestroyEntryPoint", "TA_OpenSessionEntryPoint"],
  ["TA_CloseSessionEntryPoint", "TA_InvokeCommandEntryPoint", "ta_head", "ta_heap", "ta_heap_size", "ta_props"],
  ["ta_num_props", "trace_level", "trace_ext_prefix", "__elf_phdr_info", "__wasm_call_ctors"],
].flat();

/** Bytes. An overflow of the stack ends in a trap, for the stack lies first. Boards' are smaller, and untouched memory is free. */
const STACK = 1 << 20;

/** wasm-ld's arguments for a module with an entry. */
export function wasmLdArguments(
  { inputs }: ParsedLink,
  output: string,
  { target, importsFile, first, runtime }: LinkSettings,
): string[] {
  return [
    ...(target === "wasm64" ? ["-mwasm64"] : []),
    "--no-entry",
    "--stack-first",
    "-z",
    `stack-size=${STACK}`,
    "--export-table",
    "--growable-table",
    `--allow-undefined-file=${importsFile}`,
    ...["__stack_pointer", "__heap_base", "__data_end"].map((name) => `--export=${name}`),
    ...EXPORTS.map((name) => `--export-if-defined=${name}`),
    ...first,
    ...wholeLibraries(inputs),
    ...runtime,
    "-o",
    output,
  ];
}

/** Shared libraries come first and as a whole, so that their constructors run before those of the TA, as on a board. */
function wholeLibraries(inputs: readonly string[]): string[] {
  const shared = inputs.filter(isShared);
  const others = inputs.filter((input) => !isShared(input));
  return shared.length === 0 ? others : ["--whole-archive", ...shared, "--no-whole-archive", ...others];
}

/** True for a shared library, which is an archive here. */
export function isShared(input: string): boolean {
  return input.endsWith(".so");
}
