// The modules that a build has linked in a folder of objects.
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface LinkedModule {
  readonly file: string;
  readonly name: string;
}

/** One line for each: a name, a tab, a path. */
const LIST = "teemem.modules";

export function rememberModule(objects: string, { file, name }: LinkedModule): void {
  appendFileSync(join(objects, LIST), `${name}\t${file}\n`);
}

/** Removes what earlier builds have linked: what the Makefile still makes is linked again, and nothing else is there then. */
export function forgetModules(objects: string): void {
  for (const { file } of linkedModules(objects)) rmSync(file);
  rmSync(join(objects, LIST), { force: true });
}

/** Those that are still there, each once, as linked last. */
export function linkedModules(objects: string): LinkedModule[] {
  const path = join(objects, LIST);
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const byFile = new Map<string, string>();
  for (const line of lines) {
    const [name = "", file = ""] = line.split("\t");
    if (file !== "" && existsSync(file)) byFile.set(file, name);
  }
  return [...byFile].map(([file, name]) => ({ file, name }));
}
