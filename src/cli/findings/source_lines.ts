// The lines of a TA's source: finds the files that a module names, below the folders that the user gave.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { placeParts } from "../../base/place_parts.ts";

/** What can be known of the source of a TA. */
interface SourceLines {
  /** The text of a line `file:line`, with blanks for tabs; undefined where the file is not at hand. */
  lineOf(place: string): string | undefined;
  /** The path of a file from the working folder, with `/`; undefined where it is not at hand. */
  pathOf(file: string): string | undefined;
}

const MOST_FILES = 20_000;
const MOST_DEPTH = 8;
const SKIPPED = new Set(["node_modules", ".git", "out"]);

/** Folders are searched when the first line is asked for. */
export function sourceLines(folders: readonly string[]): SourceLines {
  /** Paths by the name of the file. */
  let files: Map<string, string[]> | undefined;
  const texts = new Map<string, readonly string[]>();

  function find(file: string): string | undefined {
    if (file === "") return undefined;
    files ??= filesBelow(folders.map(folderOf));
    const named = files.get(basename(file)) ?? [];
    const tail = `${sep}${file.replace(/^\.\//, "").replaceAll("/", sep)}`;
    const found = named.filter((path) => `${sep}${path}`.endsWith(tail));
    return found.length === 1 ? found[0] : undefined;
  }
  function linesOf(path: string): readonly string[] {
    const known = texts.get(path) ?? readLines(path);
    texts.set(path, known);
    return known;
  }
  return {
    lineOf(place) {
      const { file, line } = placeParts(place);
      const path = find(file);
      const text = path === undefined ? undefined : linesOf(path)[line - 1];
      return text === undefined ? undefined : expandTabs(text);
    },
    pathOf(file) {
      const path = find(file);
      return path === undefined ? undefined : relative(process.cwd(), path).replaceAll(sep, "/");
    },
  };
}

function folderOf(path: string): string {
  return existsSync(path) && statSync(path).isFile() ? dirname(path) : path;
}

function filesBelow(folders: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let left = MOST_FILES;
  const walk = (folder: string, depth: number): void => {
    for (const entry of entriesOf(folder)) {
      if (left-- <= 0) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < MOST_DEPTH && !SKIPPED.has(entry.name)) walk(path, depth + 1);
      else if (entry.isFile() && /\.(?:c|h|cc|cpp|hpp|inc|S)$/.test(entry.name))
        found.set(entry.name, [...(found.get(entry.name) ?? []), path]);
    }
  };
  for (const folder of new Set(folders)) walk(folder, 0);
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** A line as a terminal with a tab stop every 8 columns shows it. */
function expandTabs(text: string): string {
  return text.split("\t").reduce((line, part) => `${line.padEnd(8 * Math.floor(line.length / 8) + 8)}${part}`);
}
