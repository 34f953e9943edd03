// How npx has to be called again to start the same program: from where it found it, or fetched it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { shellWord } from "../../base/shell_word.ts";
import { packagePath } from "./package_path.ts";

/** A package that npx fetched lies in a folder of its own, whose manifest says what it was asked for. */
const FETCHED = /^(.*[\\/]_npx[\\/][^\\/]+)[\\/]node_modules[\\/]/;

/** The words for a folder; undefined where npx would not find the program from there. `called` is the path of the program that runs. */
export function npxWords(
  called: string,
  folder: string,
): { readonly teemem: string; readonly xtest: string } | undefined {
  if (isFoundFrom(folder)) return { teemem: "npx teemem", xtest: "npx xtest" };
  const home = FETCHED.exec(called)?.[1];
  const asked = home === undefined ? undefined : askedFor(home, folder);
  if (asked === undefined) return undefined;
  const spec = shellWord(asked);
  // npx takes an absolute path for a program to start.
  const teemem = spec.startsWith("/") ? `npx --yes -p ${spec} teemem` : `npx --yes ${spec}`;
  return { teemem, xtest: `npx --yes -p ${spec} xtest` };
}

/** Installed in this folder or above, or this folder is in the clone itself. */
function isFoundFrom(folder: string): boolean {
  if (existsSync(join(folder, "node_modules/.bin/teemem"))) return true;
  if (existsSync(join(folder, "package.json")) && relative(folder, packagePath("")) === "") return true;
  const above = dirname(folder);
  return above !== folder && isFoundFrom(above);
}

/** The package as npx was asked for it; a file as it is seen from the folder. */
function askedFor(home: string, folder: string): string | undefined {
  const read = readManifest(join(home, "package.json"));
  const source = read?.dependencies?.teemem;
  if (!source?.startsWith("file:")) return read?._npx?.packages?.[0];
  const path = resolve(home, source.slice("file:".length));
  const near = relative(folder, path);
  const word = near.startsWith(".") ? near : `./${near}`;
  return word.length < path.length ? word : path;
}

interface NpxManifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly _npx?: { readonly packages?: readonly string[] };
}

function readManifest(path: string): NpxManifest | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as NpxManifest;
  } catch {
    return undefined;
  }
}
