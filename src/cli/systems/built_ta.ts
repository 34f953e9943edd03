// A TA in a .wasm file, which is read anew when it was built anew.
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { keptAsyncify } from "../../node/asyncify/kept_asyncify.ts";
import type { AppFactory, Core } from "../../tee/kernel/core.ts";
import type { UserApp } from "../../tee/kernel/user_app.ts";
import { makeFolders } from "../../toolchain/folders/make_folders.ts";
import { taCache } from "../../toolchain/kit/cache.ts";
import { readTaModule } from "../../wasm/module/read_module.ts";
import type { TaModule } from "../../wasm/module/ta_module.ts";
import { OWN_WAITS, ownCalls } from "../../wasm/own/own_calls.ts";
import { wasmApp } from "../../wasm/wasm_app.ts";
import { readFailure } from "../inputs/read_failure.ts";
import type { LibraryFiles } from "./library_files.ts";

/** A TA of the user. */
export interface BuiltTa {
  readonly file: string;
  readonly uuid: string;
  readonly name: string;
  /** How it was built. */
  readonly mode: string;
  /** What is loaded is the file as it is then. Instances that run keep what they were loaded with. */
  readonly app: AppFactory;
}

/** Reads a module. `say` is told when a later build of it is taken, or cannot be. */
export function builtTa(file: string, say: (text: string) => void, libraries: LibraryFiles): Result<BuiltTa> {
  const first = readModule(file);
  if (!first.ok) return first;
  const { uuid, name, build } = first.value.module;
  return ok({ file, uuid, name, mode: build.mode, app: (core) => reloading(core, file, first.value, say, libraries) });
}

interface ReadModule {
  readonly module: TaModule;
  /** Changes with the file. */
  readonly stamp: string;
}

function readModule(file: string): Result<ReadModule> {
  try {
    const stamp = stampOf(file);
    const module = readTaModule(readFileSync(file), basename(file, ".wasm"));
    return module.ok ? ok({ module: module.value, stamp }) : err(`${printable(file)}: ${module.error}`);
  } catch (error) {
    return err(`${printable(file)}: ${readFailure(error)}`);
  }
}

function stampOf(file: string): string {
  const { mtimeMs, size, ino } = statSync(file);
  return `${mtimeMs} ${size} ${ino}`;
}

function appOf(core: Core, module: TaModule, libraries: LibraryFiles): UserApp {
  const calls = module.build.library === "own" ? [{ calls: ownCalls, waits: OWN_WAITS }] : [];
  return wasmApp(module, { asyncify: keptAsyncify(asyncifiedFolder()), calls, libraries: libraries.find })(core);
}

/** Where nothing can be written, the pass runs each time. */
function asyncifiedFolder(): string {
  const folder = taCache(process.env).asyncified;
  try {
    makeFolders(folder, 0o700);
  } catch {}
  return folder;
}

function reloading(
  core: Core,
  file: string,
  first: ReadModule,
  say: (text: string) => void,
  libraries: LibraryFiles,
): UserApp {
  let { stamp } = first;
  let now = appOf(core, first.module, libraries);
  const { uuid } = now;
  function refresh(): void {
    let found = stamp;
    try {
      found = stampOf(file);
    } catch {
      // It is being written: what there was is good enough.
    }
    if (found === stamp) return;
    stamp = found;
    const read = readModule(file);
    if (!read.ok) return say(`${read.error}; the TA stays as it was`);
    if (read.value.module.uuid !== uuid)
      return say(`${printable(file)} has another UUID now, ${read.value.module.uuid}; the TA stays as it was`);
    now = appOf(core, read.value.module, libraries);
    say(`${now.name} was built anew: its next instance is the new one`);
  }
  return {
    uuid,
    get name() {
      return now.name;
    },
    get flags() {
      return now.flags;
    },
    get layout() {
      return now.layout;
    },
    async prepare() {
      refresh();
      await now.prepare?.();
    },
    load: (states) => now.load?.(states) ?? null,
    // What an instance does is in its own states.
    create: (entry) => now.create(entry),
    open: (entry) => now.open(entry),
    invoke: (entry, command) => now.invoke(entry, command),
    close: (entry) => now.close(entry),
    destroy: (entry) => now.destroy(entry),
    ...(now.space === undefined ? {} : { space: now.space }),
  };
}
