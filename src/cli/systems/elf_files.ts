// Which programs a command takes call sites from: those of its options, else those that boards.yaml has for the board.
import { existsSync } from "node:fs";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { NamedBoard } from "./boards_file.ts";

/** The elf files of a system. */
export interface ElfFiles {
  /** The core's. */
  readonly elf: string | undefined;
  readonly taElf: readonly string[];
}

/** What the user gave. */
interface GivenFiles {
  readonly on?: string | undefined;
  /** Paths, or names of boards.yaml, which stand for the files of a board. */
  readonly elf?: string | undefined;
  readonly taElf?: readonly string[] | undefined;
}

/** The files of options; where an option is not given, those of the board that --on names. The error says which name has none. */
export async function elfFiles({ on, elf, taElf }: GivenFiles, env: NodeJS.ProcessEnv): Promise<Result<ElfFiles>> {
  const board = on === undefined ? ok(null) : await boardOf(on, env);
  if (!board.ok) return board;
  const core = elf === undefined ? ok([board.value?.elf]) : await expanded([elf], "elf", env);
  if (!core.ok) return core;
  const tas = taElf === undefined ? ok(board.value?.["ta-elf"] ?? []) : await expanded(taElf, "ta-elf", env);
  return tas.ok ? ok({ elf: core.value[0], taElf: tas.value }) : tas;
}

/** The same where one option takes the core's file and those of TAs. */
export async function allElfFiles(
  on: string | undefined,
  given: readonly string[] | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Result<readonly string[]>> {
  if (given !== undefined) return expanded(given, "both", env);
  const found = await elfFiles({ on }, env);
  if (!found.ok) return found;
  const { elf, taElf } = found.value;
  return ok(elf === undefined ? taElf : [elf, ...taElf]);
}

type Which = "elf" | "ta-elf" | "both";

/** Loaded where it is needed: most commands are given no name. */
async function boardOf(name: string, env: NodeJS.ProcessEnv): Promise<Result<NamedBoard | null>> {
  if (/[:/]/.test(name)) return ok(null);
  return (await import("./boards_file.ts")).namedBoard(name, env);
}

async function expanded(given: readonly string[], which: Which, env: NodeJS.ProcessEnv): Promise<Result<string[]>> {
  const files: string[] = [];
  for (const one of given) {
    const board = one === "-" || existsSync(one) ? ok(null) : await boardOf(one, env);
    if (!board.ok) return board;
    const named = board.value === null ? [one] : filesOf(board.value, which);
    if (named.length === 0)
      return err(`boards.yaml has no ${which === "ta-elf" ? "ta-elf" : "elf"} for '${clip(one)}'`);
    files.push(...named);
  }
  return ok(files);
}

function filesOf({ elf, "ta-elf": tas = [] }: NamedBoard, which: Which): readonly string[] {
  const core = elf === undefined || which === "ta-elf" ? [] : [elf];
  return which === "elf" ? core : [...core, ...tas];
}
