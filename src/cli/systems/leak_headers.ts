// Whether the core of a board has leak headers: by the option, by boards.yaml, by its elf file.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { printable } from "../../base/printable.ts";
import type { LeakHeaders } from "../../source/board/board.ts";
import { hasLeakHeaders } from "../../source/board/leak_headers.ts";
import type { SourceSetting } from "./setting.ts";

/** The first that knows. */
export async function knownLeakHeaders({
  options,
  board,
}: Pick<SourceSetting, "options" | "board">): Promise<LeakHeaders | undefined> {
  if (options.leakHeaders !== undefined) return { there: options.leakHeaders === "yes", says: "--leak-headers" };
  const named = board?.["leak-headers"];
  if (named !== undefined) return { there: named === "yes", says: "boards.yaml" };
  return board?.elf === undefined ? undefined : leakHeadersIn(board.elf);
}

async function leakHeadersIn(path: string): Promise<LeakHeaders | undefined> {
  const program = await readFile(path).catch(() => undefined);
  const there = program && hasLeakHeaders(program);
  return there === undefined ? undefined : { there, says: printable(basename(path)) };
}
