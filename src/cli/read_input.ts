import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { err, ok, type Result } from "../base/result.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "is a directory; name the files in it",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  ERR_FS_FILE_TOO_LARGE: "larger than 2 GiB; compress it with gzip",
};

/**
 * Reads a whole file, or standard input for `-`, and decompresses what begins like gzip. The error names the file and
 * says what is wrong with it.
 */
export async function readInput(path: string, input: AsyncIterable<Uint8Array>): Promise<Result<Uint8Array>> {
  const name = inputName(path);
  let bytes: Uint8Array;
  try {
    bytes = path === "-" ? await readAll(input) : await readFile(path);
  } catch (error) {
    return err(`${name}: ${REASONS[codeOf(error)] ?? `cannot be read: ${(error as Error).message}`}`);
  }
  if (bytes.length === 0) return err(`${name}: the file is empty`);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return ok(bytes);
  try {
    return ok(await promisify(gunzip)(bytes));
  } catch (error) {
    const cut = codeOf(error) === "Z_BUF_ERROR";
    if (cut) return err(`${name}: the gzip data ends too early; the file is cut off, copy it again`);
    return err(`${name}: the gzip data is damaged (${(error as Error).message}); copy the file again`);
  }
}

/** How messages call a file. */
export function inputName(path: string): string {
  return path === "-" ? "standard input" : path;
}

async function readAll(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
