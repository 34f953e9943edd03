// Which files a build was made of, kept beside its modules: what is newer than they are is not in them.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/** In the folder of modules. */
const RECORD = "sources.json";

/** What make reads beside sources. */
const MAKE_FILES = /^(?:GNUm|m|M)akefile$|^CMakeLists\.txt$|\.mk$/;

interface SourceRecord {
  /** When the build had ended, in milliseconds since 1970. */
  readonly built: number;
  readonly files: readonly string[];
}

interface Built {
  /** The folder of the TA, where make ran. */
  readonly folder: string;
  readonly objects: string;
  /** Folders whose files are not the user's. */
  readonly others: readonly string[];
}

/** Writes what the compiler said that it had read, without what belongs to the kit. */
export function recordSources(modules: string, builds: readonly Built[], now: number): void {
  const files = new Set(builds.flatMap(sourcesOf));
  const record: SourceRecord = { built: now, files: [...files].sort() };
  writeFileSync(join(modules, RECORD), JSON.stringify(record));
}

/** A file that was changed after the modules of a folder had been built; undefined where there is none. */
export function newerSource(modules: string): string | undefined {
  const path = join(modules, RECORD);
  if (!existsSync(path)) return undefined;
  const { built, files } = JSON.parse(readFileSync(path, "utf8")) as SourceRecord;
  return files.find((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > built);
}

function sourcesOf({ folder, objects, others }: Built): string[] {
  const foreign = [objects, ...others].map((one) => one + sep);
  const read = dependencyFiles(objects)
    .flatMap((file) => dependencies(readFileSync(file, "utf8")))
    .map((name) => resolve(folder, name))
    .filter((path) => !foreign.some((one) => path.startsWith(one)));
  const inside = new Set([folder, ...read.map(dirname).filter((one) => one.startsWith(folder + sep))]);
  const makes = [...inside].flatMap((one) => (existsSync(one) ? makeFilesIn(one) : []));
  return [...read, ...makes].filter((path) => existsSync(path));
}

function dependencyFiles(objects: string): string[] {
  const names = readdirSync(objects, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".d"))
    .map((name) => join(objects, name))
    .filter(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function makeFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => MAKE_FILES.test(name))
    .map((name) => join(folder, name));
}

/** The files after the colons of make's rules, with blanks in names as compilers write them: `\ `. */
function dependencies(text: string): string[] {
  return text
    .replaceAll("\\\n", " ")
    .split("\n")
    .flatMap((rule) => {
      const colon = rule.indexOf(": ");
      return colon < 0
        ? []
        : rule
            .slice(colon + 2)
            .replaceAll("\\ ", "\0")
            .split(" ");
    })
    .filter((name) => name !== "")
    .map((name) => name.replaceAll("\0", " "));
}
