// Compiles a part with a compiler of the user's.
import { spawnSync } from "node:child_process";
import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { makeFolders } from "../../toolchain/folders/make_folders.ts";
import { writeReason } from "../outputs/file_reason.ts";
import { type Compilation, type DevicePart, sourcePath } from "./part.ts";

/** Compiles into a folder, which is made where it is not there. Gives the file's path, and what the compiler warned of. */
export function compilePart(
  part: DevicePart & { readonly build: Compilation },
  compiler: string,
  folder: string,
): Result<{ readonly file: string; readonly warnings: string }> {
  const { output, flags, libraries } = part.build;
  const [program = "", ...words] = compiler.split(/ +/).filter((word) => word !== "");
  const file = join(folder, output);
  const half = `${file}.${process.pid}`;
  try {
    makeFolders(folder);
  } catch (error) {
    return err(`${printable(folder)}: ${writeReason(error)}`);
  }
  const args = [...words, ...flags, "-o", half, ...cFiles(sourcePath(part)), ...libraries];
  const { error, status, signal, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (error === undefined && status === 0) {
    renameSync(half, file);
    return ok({ file, warnings: stderr });
  }
  rmSync(half, { force: true });
  if (error !== undefined) return err(noCompiler(program, error));
  return err(
    `'${printable(program)}' failed with ${signal ?? `exit code ${status}`}: ${printable(firstError(stderr))}`,
  );
}

function cFiles(source: string): string[] {
  if (source.endsWith(".c")) return [source];
  const names = readdirSync(source).filter((name) => name.endsWith(".c"));
  return names.sort().map((name) => join(source, name));
}

function noCompiler(program: string, error: Error): string {
  const code = "code" in error ? String(error.code) : error.message;
  const name = printable(program);
  if (code !== "ENOENT") return `cannot run '${name}' (${code})`;
  return `no compiler '${name}'; name yours with --cc, for example --cc aarch64-linux-gnu-gcc`;
}

/** The line that says what is wrong; the last one where none does. */
function firstError(text: string): string {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.find((line) => line.includes("error:")) ?? lines.at(-1) ?? "it said nothing";
}
