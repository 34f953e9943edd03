// Names of the recorded data that ships with this program: `demo:core` is the same file from any folder.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { suggest } from "../outputs/nearest.ts";
import { packagePath } from "../package/package_path.ts";

const PREFIX = "demo:";
/** Stands for the heap traces of the recorded run: one of each heap. */
const ALL = `${PREFIX}all`;
const RUN = "data/optee-4.0.0";
const GOLDEN = "data/golden/traces";

/** Arguments as the user gave them, with paths in the place of names of bundled files; also behind `file:`. What stands after `--` is another program's. */
export function withDemoFiles(words: readonly string[]): Result<readonly string[]> {
  const paths: string[] = [];
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  for (const word of words.slice(0, end)) {
    const scheme = word.startsWith(`file:${PREFIX}`) ? "file:" : "";
    const name = word.slice(scheme.length);
    if (!name.startsWith(PREFIX)) {
      paths.push(word);
      continue;
    }
    const found = filesOf(name);
    if (!found.ok) return found;
    paths.push(...found.value.map((path) => `${scheme}${path}`));
  }
  return ok([...paths, ...words.slice(end)]);
}

/** What messages call a file: its name with `demo:` where a name stood for it, or else its path. */
export function shortName(path: string): string {
  const folder = [RUN, GOLDEN].map(packagePath).find((one) => path.startsWith(one));
  return folder === undefined ? path : nameOf(path.slice(folder.length + 1));
}

function filesOf(name: string): Result<readonly string[]> {
  const own = namesIn(RUN);
  if (name === ALL) return ok([...own].filter(([, path]) => path.endsWith(".trace.gz")).map(([, path]) => path));
  const all = new Map([...own, ...namesIn(GOLDEN)]);
  const path = all.get(name);
  if (path !== undefined) return ok([path]);
  const meant = suggest(name, [ALL, ...all.keys()]);
  return err(
    `no bundled file '${clip(name)}'${meant || `; ${ALL} is every heap of the recorded run, ${PREFIX}core its core heap`}`,
  );
}

function namesIn(folder: string): Map<string, string> {
  const root = packagePath(folder);
  const files = readdirSync(root).filter((file) => file !== "README.md");
  return new Map(files.map((file) => [nameOf(file), join(root, file)]));
}

function nameOf(file: string): string {
  return `${PREFIX}${file.slice(0, file.indexOf("."))}`;
}
