// Paths in the file system of @yowasp/clang, which has no folder of work, no `..`, and a /usr of its own.
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Everything of this machine lies below. */
const ROOT = "/@";

/** Where the package has its headers. */
export const HEADERS = "/usr/include";

/** The path there of a file or folder here. */
export function virtualPath(path: string, cwd: string): string {
  return path === HEADERS ? path : `${ROOT}${resolve(cwd, path)}`;
}

/** Text with paths there, as one that is in `cwd` reads them here. */
export function realText(text: string, cwd: string): string {
  return text.replaceAll(`${ROOT}${cwd === "/" ? "" : cwd}/`, "").replaceAll(`${ROOT}/`, "/");
}

/** A list of dependencies with files of this machine alone: make would miss the package's headers. */
export function realDependencies(text: string, cwd: string): string {
  return realText(text.replaceAll(/ {1,2}\/usr\/include\/\S+(?: \\\n)?/g, ""), cwd);
}

/** Options with a path behind them, in the same word or in the next. */
const GLUED = /^(-I|-isystem|-iquote|-idirafter|-L|-o|--allow-undefined-file=|-Map=)(.+)$/;
const PAIRS: ReadonlySet<string> = new Set(["-I", "-isystem", "-iquote", "-idirafter", "-include", "-L", "-o", "-MF"]);
/** Options whose next word is no path, whatever it looks like. */
const WORDS: ReadonlySet<string> = new Set(["-MT", "-MQ", "-mllvm", "-x", "-z", "-u", "-D", "-U"]);
const PREFIX_MAP = /^(-f(?:file|debug|macro)-prefix-map=)(\/[^=]*)(=.*)$/;

/** A call's words there, and which paths here they name. */
export function virtualArguments(
  args: readonly string[],
  cwd: string,
): { args: string[]; inputs: string[]; outputs: string[] } {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const path = (option: string, name: string): string => {
    (option === "-o" || option === "-MF" || option === "-Map=" ? outputs : inputs).push(resolve(cwd, name));
    return virtualPath(name, cwd);
  };
  const made = args.map((arg, at) => {
    const before = args[at - 1] ?? "";
    if (PAIRS.has(before)) return path(before, arg);
    if (WORDS.has(before)) return arg;
    const [, option, name] = GLUED.exec(arg) ?? [];
    if (option !== undefined && name !== undefined) return option + path(option, name);
    const [, map, from, to] = PREFIX_MAP.exec(arg) ?? [];
    if (map !== undefined) return `${map}${ROOT}${from}${to}`;
    return !arg.startsWith("-") && existsSync(resolve(cwd, arg)) ? path("", arg) : arg;
  });
  return { args: made, inputs, outputs };
}

/** Debug information names files from no folder: what is left of a path is the whole name. */
export const NO_FOLDER = [
  `-fdebug-compilation-dir=${ROOT}`,
  `-ffile-prefix-map=${ROOT}=`,
  `-ffile-prefix-map=${ROOT}/=/`,
];

/** A source's text without `..` in its includes, which would be lost. */
export function withoutDots(text: string, file: string, folders: readonly string[]): string {
  const replaced = (whole: string, before: string, name: string): string => {
    if (!name.includes("../")) return whole;
    const path = [dirname(file), ...folders].map((folder) => resolve(folder, name)).find((one) => existsSync(one));
    return path !== undefined ? `${before}${ROOT}${path}"` : whole;
  };
  return text
    .split("\n")
    .map((line) => line.replace(/^([ \t]*#[ \t]*include[ \t]*")([^"]*)"/, replaced))
    .join("\n");
}
