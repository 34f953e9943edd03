// Where kits, objects and modules are kept: a folder of the user's cache.
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { PREFIX } from "../service/scripts.ts";

export interface Cache {
  /** The scripts that make calls. */
  readonly bin: string;
  /** The value of CROSS_COMPILE: the folder, and what stands before each name. */
  readonly tools: string;
  kit(name: string, parts: readonly string[]): string;
  /** Objects of a folder's TAs. Neighbours stay neighbours, for Makefiles look for each other's libraries. */
  objects(folder: string, kit: string): string;
  /** What binaryen made of modules. */
  readonly asyncified: string;
  /** Finished modules of a folder's TAs in one mode, whatever else they were built for last. */
  modules(folder: string, mode?: string): string;
}

/** What of a user's cache is ours. */
export function userCache(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "teemem");
}

export function taCache(env: NodeJS.ProcessEnv): Cache {
  const root = join(userCache(env), "ta");
  return {
    bin: join(root, "bin"),
    asyncified: join(root, "asyncified"),
    tools: join(root, "bin", PREFIX),
    kit: (name, parts) => join(root, "kits", `${name}-${digest(parts)}`),
    objects: (folder, kit) => join(root, "objects", digest([dirname(folder), kit]), basename(folder)),
    modules: (folder, mode = "plain") =>
      join(root, "modules", `${basename(folder)}-${digest([folder])}${mode === "plain" ? "" : `-${mode}`}`),
  };
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}
