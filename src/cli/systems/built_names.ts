// The UUIDs of TAs that 'teemem ta build' made on this machine, by their names.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { taCache } from "../../toolchain/kit/cache.ts";
import { readTaModule } from "../../wasm/module/read_module.ts";

/** Names are asked for heap by heap; modules are read once. */
const known = new Map<string, readonly string[]>();

/** Those of this name in the user's cache, built of whatever folder; most often one or none. */
export function builtUuids(name: string, env: NodeJS.ProcessEnv): readonly string[] {
  if (!/^[\w.+-]{1,200}$/.test(name)) return [];
  const folders = dirname(taCache(env).modules(name));
  const key = join(folders, name);
  const found = known.get(key) ?? [...new Set(filesOf(folders, name).flatMap(uuidIn))];
  known.set(key, found);
  return found;
}

function filesOf(folders: string, name: string): string[] {
  if (!existsSync(folders)) return [];
  return readdirSync(folders)
    .map((folder) => join(folders, folder, `${name}.wasm`))
    .filter((file) => existsSync(file));
}

function uuidIn(file: string): string[] {
  try {
    const module = readTaModule(readFileSync(file), "");
    return module.ok ? [module.value.uuid] : [];
  } catch {
    // It is gone, or being written.
    return [];
  }
}
