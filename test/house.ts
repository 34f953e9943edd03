// Checks of the source tree beyond layers: circles of folders, permissions and exports without a user, long functions.
import { posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { exportsOf } from "./api.ts";
import { importsOf, isDoor, isTest, layerOf, layers } from "./layers.ts";

/** Files by path from the project's root, with their sources. */
export type Tree = ReadonlyMap<string, string>;

/** Lines that a function may have without a reason. */
const LONG = 70;

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Folders that import each other in a circle, at any depth. The files of a folder itself count as one more folder. */
export function folderCircles(files: Tree): string[] {
  const edges = importEdges(files);
  const depth = Math.max(0, ...[...files.keys()].map((path) => path.split("/").length - 1));
  const found = new Set<string>();
  for (let d = 2; d <= depth; d++) {
    const graph = new Map<string, Set<string>>();
    for (const { from, to } of edges) {
      const [a, b] = [folderAt(from, d), folderAt(to, d)];
      if (a !== b) graph.set(a, (graph.get(a) ?? new Set()).add(b));
    }
    for (const a of graph.keys()) {
      const way = wayBack(graph, a);
      if (way !== null)
        found.add([...way.slice(way.indexOf(way.toSorted()[0] ?? "")), ...way].slice(0, way.length).join(" -> "));
    }
  }
  return [...found].sort();
}

/** Layers that may import others, and do not, not even in tests. `cli` may import everything. */
export function unusedPermissions(files: Tree): string[] {
  const used = new Set(importEdges(files, true).map(({ from, to }) => `${layerOf(from)} -> ${layerOf(to)}`));
  return Object.entries(layers)
    .filter(([name]) => name !== "cli")
    .flatMap(([name, { may }]) => may.map((lower) => `${name} -> ${lower}`))
    .filter((permission) => !used.has(permission));
}

/** Exported names that no other file takes. `users` are files outside of the tree that may take them. */
export function deadExports(files: Tree, users: Tree): string[] {
  const taken = new Set<string>();
  for (const [path, source] of [...files, ...users]) {
    for (const [, list = "", specifier = ""] of source.matchAll(NAMED)) {
      const target = posix.join(posix.dirname(path), specifier);
      for (const name of list.split(","))
        taken.add(
          `${target} ${
            name
              .trim()
              .replace(/^type /, "")
              .split(/\s/)[0]
          }`,
        );
    }
    // A module that is loaded at run time is taken whole.
    for (const [, specifier = ""] of source.matchAll(WHOLE)) {
      const target = posix.join(
        posix.dirname(path),
        specifier.replace(/^(\.\.\/)+dist\//, (up) => up.replace("dist", "src")),
      );
      taken.add(`${target.replace(/\.js$/, ".ts")} *`);
    }
  }
  return [...files].flatMap(([path, source]) => {
    if (isTest(path) || isDoor(path) || taken.has(`${path} *`)) return [];
    return exportsOf(source)
      .filter(({ name }) => !taken.has(`${path} ${name}`))
      .map(({ name }) => `${path}: nobody imports ${name}`);
  });
}

/** Functions of more than 70 lines whose comment has no line `Long: reason`. */
export function longFunctions(files: Tree): string[] {
  return [...files].flatMap(([path, source]) =>
    isTest(path) ? [] : longIn(path, source).map((name) => `${path}: ${name}`),
  );
}

function longIn(path: string, source: string): string[] {
  const { program } = parseSync(path, source);
  const found: string[] = [];
  const look = (node: { readonly start: number; readonly end: number; readonly id?: unknown }): void => {
    const lines = source.slice(node.start, node.end).split("\n").length;
    if (lines <= LONG) return;
    const above = source.slice(0, node.start).split("\n").slice(-8).join("\n");
    const comment = above.slice(Math.max(above.lastIndexOf("/**"), above.lastIndexOf("// Long:"), 0));
    if (!/\bLong: \w/.test(comment))
      found.push(`a function of ${lines} lines, ${source.slice(node.start, node.start + 40)}`);
  };
  new Visitor({ FunctionDeclaration: look, FunctionExpression: look, ArrowFunctionExpression: look }).visit(program);
  return found;
}

const NAMED = /(?:import|export)\s*(?:type\s*)?\{([^}]*)\}\s*from\s*"(\.[^"]*)"/g;
const WHOLE = /import\s*(?:\*\s*as\s+\w+\s*from\s*|\()\s*"(\.[^"]*)"/g;

function importEdges(files: Tree, tests = false): Edge[] {
  return [...files].flatMap(([path, source]) => {
    if ((isTest(path) && !tests) || isDoor(path)) return [];
    return importsOf(source)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => ({ from: path, to: posix.join(posix.dirname(path), specifier) }))
      .filter(({ to }) => files.has(to));
  });
}

/** The folder of a file, cut to so many parts. */
function folderAt(path: string, depth: number): string {
  return posix.dirname(path).split("/").slice(0, depth).join("/");
}

/** A shortest way from a folder to itself. */
function wayBack(graph: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] | null {
  const queue: string[][] = [[start]];
  const seen = new Set<string>();
  for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
    for (const next of graph.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push([...way, next]);
    }
  }
  return null;
}
