// Brings the library for exact moments to the board, where it stays for the next time.

import { dirname, join } from "node:path/posix";
import { clip } from "../../../base/printable.ts";
import { err, ok, type Result } from "../../../base/result.ts";
import { shellQuoted } from "../../../base/shell_word.ts";
import type { PreloadLibrary, ProgramTarget } from "../../program.ts";
import type { Shell } from "../shell/shell.ts";

/** A compiler on a small board takes its time. */
const COMPILING = 120_000;

/** A folder of the user's own on the board, which nobody else can write to. */
export async function ownFolder(shell: Shell): Promise<Result<string>> {
  const answer = await shell.run(
    `d=\${XDG_RUNTIME_DIR:-/tmp}/teemem-$(id -u); mkdir -m 700 -p "$d" && [ -d "$d" ] && [ ! -L "$d" ] && [ -O "$d" ] && printf %s "$d"`,
  );
  if (!answer.ok) return err(answer.error.text);
  const folder = new TextDecoder().decode(answer.value.out);
  if (answer.value.code === 0 && folder.startsWith("/")) return ok(folder);
  return err(
    `no folder can be made for teemem on the board: ${clip(answer.value.err.trim() || "/tmp cannot be written")}`,
  );
}

/** The path of the library on the board, for a program with this target. The error says what to do. */
export async function placeLibrary(
  shell: Shell,
  folder: string,
  target: ProgramTarget,
  library: PreloadLibrary,
): Promise<Result<string>> {
  const path = join(folder, `preload-${library.version}-${target.machine}-${target.word * 8}-${target.libc}.so`);
  const there = await shell.run(`[ -s ${shellQuoted(path)} ]`);
  if (!there.ok) return err(there.error.text);
  if (there.value.code === 0) return ok(path);
  const built = library.built(target);
  if (built.ok) {
    const put = await shell.put(path, built.value, 0o755);
    return put.ok ? ok(path) : err(`${put.error.text}; copy it yourself, to ${path}`);
  }
  return (await compiledThere(shell, folder, path, library)) ? ok(path) : built;
}

/** Compiles it on the board, where that has a compiler. False if it has none, or that failed. */
async function compiledThere(shell: Shell, folder: string, path: string, library: PreloadLibrary): Promise<boolean> {
  const has = await shell.run("command -v gcc || command -v cc");
  if (!has.ok || has.value.code !== 0) return false;
  const compiler = new TextDecoder().decode(has.value.out).trim();
  const source = shellQuoted(join(folder, "source"));
  const sources = library.sources();
  // Headers may lie outside of the folder of the C files.
  const main = [...sources.keys()].find((path) => path.endsWith(".c")) ?? "";
  const within = shellQuoted(join(folder, "source", dirname(main)));
  const made = await shell.run(`mkdir -p ${within}`);
  for (const [path, data] of made.ok ? sources : [])
    if (!(await shell.put(join(folder, "source", path), data, 0o600)).ok) return false;
  const words = [...library.flags, "-o", path, ...library.libraries].map(shellQuoted).join(" ");
  const command = `cd ${within} && ${shellQuoted(compiler)} *.c ${words}; s=$?; cd / && rm -rf ${source}; exit $s`;
  const compiled = await shell.run(command, { timeout: COMPILING });
  return compiled.ok && compiled.value.code === 0;
}
