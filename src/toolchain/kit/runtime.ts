// The functions that the compiler calls by itself: an archive beside the libraries of a kit.
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import { makeFolders } from "../folders/make_folders.ts";
import type { Mode } from "../mode/modes.ts";
import { writeArchive } from "../tools/archive.ts";
import { gcc } from "../tools/gcc.ts";
import type { ToolContext } from "../tools/tool_context.ts";

/** Its path in a kit. */
export const RUNTIME = "lib/libteemem_runtime.a";

const HEAP_FIRST = "heap_first.c";

/** The object before all others of a TA: `HEAP_FIRST`. */
export const FIRST_OBJECT = "lib/teemem_heap_first.o";

/** What a file needs beyond the others' arguments. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  "setjmp.c": ["-mexception-handling"],
  // Position-independent: the compiler adds no tag of its own then.
  "longjmp_tag.c": ["-mexception-handling", "-fPIC"],
  // Fills and copies are instructions: the functions of C have checks.
  "memcheck.c": ["-mbulk-memory", "-g0"],
  "undefined.c": ["-g0"],
  "coverage.c": ["-g0"],
  "checked_bytes.c": ["-g0"],
};

/** Compiles `device/wasm/runtime` into the kit's folder. What checks of the mode call has no checks. */
export async function buildRuntime(
  context: ToolContext,
  device: string,
  kit: string,
  mode: Mode,
): Promise<Result<null>> {
  const sources = join(device, "runtime");
  const objects = join(kit, "runtime");
  makeFolders(objects);
  const files: string[] = [];
  for (const name of readdirSync(sources)
    .filter((one) => one.endsWith(".c"))
    .sort()) {
    const file = join(objects, name.replace(/\.c$/, ".o"));
    const nostdinc = ["-nostdinc", "-isystem", context.compiler.headers, "-ffreestanding"];
    const roots = [...context.compile.roots, dirname(dirname(device))];
    const compile = { ...context.compile, roots, more: [...mode.runtime, ...(MORE[name] ?? [])] };
    const args = ["-Os", ...nostdinc, "-c", join(sources, name), "-o", file];
    const answer = await gcc({ tool: "gcc", args, cwd: objects }, { ...context, compile });
    if (answer.code !== 0) return err(answer.err);
    files.push(file);
  }
  const first = join(objects, HEAP_FIRST.replace(/\.c$/, ".o"));
  copyFileSync(first, join(kit, FIRST_OBJECT));
  const stored = writeArchive(
    join(kit, RUNTIME),
    files.filter((file) => file !== first),
  );
  rmSync(objects, { recursive: true });
  return stored.code === 0 ? ok(null) : err(stored.err);
}
