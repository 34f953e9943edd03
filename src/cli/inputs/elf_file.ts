// A program with debug information, as a file that addr2line can open.
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Result } from "../../base/result.ts";
import type { Io } from "../outputs/outcome.ts";
import { readInput } from "./read_input.ts";

/**
 * Calls `use` with a file that holds the program as it is. That is `path` itself, unless it is `-` or packed: then a
 * temporary one, which is removed at the end.
 */
export async function withElf<T>(
  path: string,
  io: Pick<Io, "input">,
  use: (file: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const bytes = await readInput(path, io.input);
  if (!bytes.ok) return bytes;
  if (path !== "-" && (await stat(path)).size === bytes.value.length) return use(path);
  const folder = await mkdtemp(join(tmpdir(), "teemem-elf-"));
  try {
    const file = join(folder, "program");
    await writeFile(file, bytes.value);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
