// The table of layers, and the check of imports.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/** What a layer may take from outside the project: nothing, packages, or packages and `node:*`. */
type Outside = "nothing" | "packages" | "node";

interface Layer {
  readonly may: readonly string[];
  readonly outside: Outside;
}

/** Who may import whom: one row for each folder of src/. Type-only imports count. */
export const layers: Readonly<Record<string, Layer>> = {
  base: { may: [], outside: "nothing" },
  text: { may: [], outside: "nothing" },
  debug_info: { may: ["base"], outside: "nothing" },
  release: { may: ["base"], outside: "nothing" },
  platform: { may: ["base", "release"], outside: "nothing" },
  heap: { may: ["base"], outside: "nothing" },
  malloc: { may: ["base", "release", "heap"], outside: "nothing" },
  library: { may: ["base", "release", "heap", "malloc"], outside: "nothing" },
  abi: { may: ["base", "release", "malloc"], outside: "nothing" },
  tee: { may: ["base", "release", "platform", "abi", "heap", "malloc"], outside: "nothing" },
  wasm: { may: ["base", "debug_info", "release", "abi", "malloc", "tee"], outside: "nothing" },
  fuzz: { may: ["base", "heap", "malloc", "tee", "wasm"], outside: "nothing" },
  xtest: { may: ["base", "text", "release", "abi", "malloc"], outside: "nothing" },
  wire: { may: ["base", "abi", "malloc", "tee"], outside: "nothing" },
  replay: { may: ["base", "release", "heap", "malloc"], outside: "packages" },
  regression: { may: ["base", "abi", "tee", "xtest"], outside: "nothing" },
  recording: {
    may: ["base", "text", "release", "platform", "abi", "malloc", "tee", "xtest", "replay"],
    outside: "packages",
  },
  analyze: {
    may: ["base", "release", "abi", "heap", "malloc", "tee", "replay", "xtest", "recording"],
    outside: "packages",
  },
  node: { may: ["base", "platform", "abi", "tee", "wasm"], outside: "node" },
  toolchain: { may: ["base", "abi", "wasm"], outside: "node" },
  daemon: { may: ["base", "release", "platform", "abi", "malloc", "tee", "wire"], outside: "node" },
  source: {
    may: [
      "base",
      "debug_info",
      "text",
      "release",
      "platform",
      "abi",
      "heap",
      "malloc",
      "tee",
      "xtest",
      "wire",
      "replay",
      "recording",
      "daemon",
      "analyze",
    ],
    outside: "node",
  },
  live: {
    may: ["base", "text", "release", "abi", "malloc", "tee", "xtest", "replay", "recording", "analyze", "source"],
    outside: "node",
  },
  export: { may: ["base", "abi", "malloc", "tee", "replay", "recording", "analyze"], outside: "node" },
  serve: { may: ["base", "abi", "live", "export"], outside: "node" },
  view: {
    may: ["base", "text", "abi", "heap", "malloc", "xtest", "recording", "analyze", "live"],
    outside: "packages",
  },
  cli: {
    may: [
      "base",
      "text",
      "release",
      "platform",
      "abi",
      "heap",
      "malloc",
      "tee",
      "wasm",
      "fuzz",
      "xtest",
      "wire",
      "replay",
      "regression",
      "recording",
      "analyze",
      "source",
      "node",
      "daemon",
      "export",
      "live",
      "serve",
      "toolchain",
      "view",
    ],
    outside: "node",
  },
};

/** The layers that stand alone: they run in a browser as they are. */
export const heart = Object.keys(layers).filter((name) => layers[name]?.outside === "nothing");

const FORMS = [
  /(?:^|[;}])\s*import\s*(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\*\s*as\s+[\w$]+\s*|\{[^}]*\}\s*)?from\s*["']([^"']*)["']/gm,
  /(?:^|[;}])\s*export\s*(?:type\s*)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})\s*from\s*["']([^"']*)["']/gm,
  /(?:^|[;}])\s*import\s*["']([^"']*)["']/gm,
  /\bimport\s*\(\s*(?:\/\*.*?\*\/\s*)?(?:["'`]([^"'`$]*)["'`])?/g,
];

/** Specifiers of all imports and re-exports, static, dynamic and of types, without what they ask of vite; `""` for a computed one. */
export function importsOf(source: string): string[] {
  return FORMS.flatMap((form) => [...source.matchAll(form)].map((match) => match[1]?.replace(/\?.*/, "") ?? ""));
}

/** What breaks the layers in a tree of files (path from the project's root, source). Empty if nothing does. */
export function layerProblems(files: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, source] of files) {
    const targets: string[] = [];
    graph.set(path, targets);
    for (const specifier of importsOf(source)) {
      const target = /^\.\.?\//.test(specifier) ? posix.join(posix.dirname(path), specifier) : null;
      const problem = target === null ? outsideProblem(path, specifier) : insideProblem(path, target, files);
      if (problem !== null) problems.push(`${path}: ${problem}`);
      if (target !== null && files.has(target)) targets.push(target);
    }
    if (comparesReleases(path, source))
      problems.push(`${path}: compares a release by name; ask its row in src/release`);
    if (layers[layerOf(path)] === undefined) problems.push(`${path}: no layer has this folder; add a row to the table`);
  }
  return [...problems, ...cycles(graph)];
}

/** All files under a folder with their sources, by path from the project's root. */
export function readTree(root: string, folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(posix.join(root, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) for (const [name, source] of readTree(root, path)) files.set(name, source);
    else files.set(path, /\.[cm]?[jt]sx?$/.test(entry.name) ? readFileSync(posix.join(root, path), "utf8") : "");
  }
  return files;
}

/** What differs between releases is data: only the folder that holds it may look at their names. */
function comparesReleases(path: string, source: string): boolean {
  if (isTest(path) || layerOf(path) === "release") return false;
  return /[!=]==\s*["'`]v?4\.\d|["'`]v?4\.\d+(?:\.\d+)?["'`]\s*[!=]==|\.since\b\s*[!=<>]|\.(?:version|since)\.startsWith\(/.test(
    source,
  );
}

function insideProblem(path: string, target: string, files: ReadonlyMap<string, string>): string | null {
  if (isTest(path) && target.startsWith("test/")) return null;
  if (!target.startsWith("src/")) return `imports ${target}, which is not in src`;
  if (!files.has(target)) return `imports ${target}, which does not exist`;
  if (isTest(target)) return `imports the test ${target}`;
  if (isDoor(target)) return `imports ${target}, a door of the package; import the file itself`;
  const [from, to] = [layerOf(path), layerOf(target)];
  if (from === to || layers[from]?.may.includes(to)) return null;
  return `imports ${target}, but ${from} may not import ${to}`;
}

function outsideProblem(path: string, specifier: string): string | null {
  if (specifier === "") return "imports a computed name, which no check can follow";
  if (/^teemem(\/|$)/.test(specifier)) return `imports ${specifier}, a door of the package; import the file itself`;
  const outside = layers[layerOf(path)]?.outside;
  if (isTest(path) || outside === "node") return null;
  if (outside === "packages" && !specifier.startsWith("node:")) return null;
  return `imports ${specifier}, but ${layerOf(path)} takes ${outside === "packages" ? "no node:*" : "nothing from outside"}`;
}

function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`cycle: ${[...trail.slice(start), path].join(" -> ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

/** The layer of a file: its folder in src. */
export function layerOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** A door of the package names what is public; only users of the package import it. */
export function isDoor(path: string): boolean {
  return /^src\/[^/]+\/index\.ts$/.test(path);
}

export function isTest(path: string): boolean {
  return path.endsWith(".test.ts");
}
