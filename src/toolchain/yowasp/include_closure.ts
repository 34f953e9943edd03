// Which files a compilation may read: a compiler without this machine's file system has to be handed them.
import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The files, by path, with their text. */
export interface Closure {
  files(entries: readonly string[], folders: readonly string[], names: readonly string[]): ReadonlyMap<string, string>;
}

interface Scanned {
  readonly stamp: string;
  readonly text: string;
  /** What is included, and whatever a macro may hand to an include. */
  readonly names: readonly string[];
}

/** Of one line. */
const INCLUDE = /^[ \t]*#[ \t]*(?:include|include_next|import|embed)[ \t]*["<]([^">]+)[">]/;
const MACRO = /^[ \t]*#[ \t]*define[ \t]+\w+[ \t]+["<]([^">]+\.\w+)[">]/;

/** Keeps what it has read. A file is looked up in every folder: the compiler knows which one it wants. */
export function createClosure(): Closure {
  const known = new Map<string, Scanned>();
  const isFile = new Map<string, boolean>();
  const there = (path: string): boolean => {
    const kept = isFile.get(path);
    if (kept === true) return true;
    const found = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    isFile.set(path, found);
    return found;
  };
  return {
    files(entries, folders, names) {
      isFile.clear();
      const found = new Map<string, string>();
      const waiting = [...entries.filter(there), ...lookUp(names, folders, there)];
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        if (found.has(path)) continue;
        const scanned = scan(path, known);
        found.set(path, scanned.text);
        waiting.push(...lookUp(scanned.names, [dirname(path), ...folders], there));
      }
      return found;
    },
  };
}

function lookUp(names: readonly string[], folders: readonly string[], there: (path: string) => boolean): string[] {
  return names.flatMap((name) =>
    (name.startsWith("/") ? [name] : folders.map((folder) => join(folder, name))).filter(there),
  );
}

function scan(path: string, known: Map<string, Scanned>): Scanned {
  const { mtimeMs, size } = statSync(path);
  const stamp = `${mtimeMs} ${size}`;
  const kept = known.get(path);
  if (kept?.stamp === stamp) return kept;
  const text = readFileSync(path, "utf8");
  const names = text.split("\n").flatMap((line) => (INCLUDE.exec(line) ?? MACRO.exec(line))?.[1] ?? []);
  const scanned = { stamp, text, names };
  known.set(path, scanned);
  return scanned;
}

/** Folders after -I and its like, and names that -D may hand to an include. */
export function includeArguments(args: readonly string[], cwd: string): { folders: string[]; names: string[] } {
  const folders: string[] = [];
  const names: string[] = [];
  for (const [at, arg] of args.entries()) {
    const [, glued] = /^(?:-I|-isystem|-iquote|-idirafter)(.+)$/.exec(arg) ?? [];
    if (/^(?:-I|-isystem|-iquote|-idirafter)$/.test(arg)) folders.push(resolve(cwd, args[at + 1] ?? ""));
    else if (glued !== undefined) folders.push(resolve(cwd, glued));
    const [, name] = /^-D\w+=["<\\]*([^"<>\\\n]+\.\w+)/.exec(arg) ?? [];
    if (name !== undefined) names.push(name);
  }
  return { folders, names };
}
