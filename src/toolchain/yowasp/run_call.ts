// One call of @yowasp/clang: files go in as a tree, and what it made is written to this machine.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { ToolAnswer } from "../call/tool_call.ts";
import type { CompilerCall } from "../compiler/compiler.ts";
import { makeFolders } from "../folders/make_folders.ts";
import { type Closure, includeArguments } from "./include_closure.ts";
import { NO_FOLDER, realDependencies, realText, virtualArguments, virtualPath, withoutDots } from "./virtual_path.ts";

/** A folder with its files. */
interface Tree {
  [name: string]: Tree | string | Uint8Array;
}

interface RunOptions {
  readonly stdin?: (length: number) => Uint8Array | null;
  readonly stdout: (bytes: Uint8Array | null) => void;
  readonly stderr: (bytes: Uint8Array | null) => void;
  readonly decodeASCII: boolean;
  readonly fetchProgress: () => void;
}

type Run = (args: string[], files: Tree, options: RunOptions) => Promise<Tree> | Tree | undefined;

/** What we take of the package. A failed run throws an error with an exit code. */
export interface Yowasp {
  readonly runClang: Run;
  readonly runLLVM: Run;
  readonly version: string;
}

const SOURCE = /\.(c|cc|cpp|cxx|C|i|ii|S|s)$/;

export async function runCall(yowasp: Yowasp, call: CompilerCall, closure: Closure): Promise<ToolAnswer> {
  const { program, cwd, input } = call;
  const { args, inputs, outputs } = virtualArguments(call.args, cwd);
  const tree: Tree = { "@": {} };
  for (const [path, text] of closureOf(call, inputs, closure))
    put(tree, virtualPath(path, cwd), withoutDots(text, path, includeArguments(call.args, cwd).folders));
  for (const path of inputs)
    if (!SOURCE.test(path) && isFile(path)) put(tree, virtualPath(path, cwd), readFileSync(path));
  for (const path of outputs) folderOf(tree, virtualPath(path, cwd));
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  let rest = input;
  const options: RunOptions = {
    stdin(length) {
      const part = rest?.subarray(0, length) ?? null;
      rest = rest?.subarray(length);
      return part?.length === 0 ? null : part;
    },
    stdout: (bytes) => bytes && out.push(bytes.slice()),
    stderr: (bytes) => bytes && err.push(bytes.slice()),
    decodeASCII: false,
    fetchProgress: () => {},
  };
  const [run, words] = program === "wasm-ld" ? [yowasp.runLLVM, args] : [yowasp.runClang, withFolder(args)];
  const text = (parts: readonly Uint8Array[]): string => realText(Buffer.concat(parts).toString(), cwd);
  try {
    const made = (await run([program, ...words], tree, options)) ?? {};
    for (const path of outputs) store(made, virtualPath(path, cwd), path, cwd);
    return { code: 0, out: text(out), err: text(err) };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { code: Number(error.code) || 1, out: text(out), err: text(err) };
  }
}

/** Before others: a map of a narrower folder wins. */
function withFolder(args: readonly string[]): string[] {
  return [...NO_FOLDER, ...args];
}

function closureOf(
  { program, args, cwd }: CompilerCall,
  inputs: readonly string[],
  closure: Closure,
): ReadonlyMap<string, string> {
  if (program === "wasm-ld") return new Map();
  const { folders, names } = includeArguments(args, cwd);
  return closure.files(
    inputs.filter((path) => SOURCE.test(path) || /\.(h|ll|inc)$/.test(path)),
    folders,
    names,
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function folderOf(tree: Tree, path: string): Tree {
  let at = tree;
  for (const name of dirname(path)
    .split("/")
    .filter((one) => one !== "")) {
    const there = Object.hasOwn(at, name) ? at[name] : undefined;
    const next: Tree = typeof there === "object" && !(there instanceof Uint8Array) ? there : {};
    at[name] = next;
    at = next;
  }
  return at;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function put(tree: Tree, path: string, data: string | Uint8Array): void {
  folderOf(tree, path)[nameOf(path)] = data;
}

function store(tree: Tree, from: string, to: string, cwd: string): void {
  const data = folderOf(tree, from)[nameOf(from)];
  if (data === undefined || (typeof data === "object" && !(data instanceof Uint8Array))) return;
  makeFolders(dirname(to));
  writeFileSync(
    to,
    /\.d$/.test(to) && data instanceof Uint8Array ? realDependencies(Buffer.from(data).toString(), cwd) : data,
  );
}
