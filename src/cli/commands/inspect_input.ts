// Gets what `teemem inspect` looks into: a dump in a file, or the memory of a system that runs.
import { err, ok, type Result } from "../../base/result.ts";
import { shellWord } from "../../base/shell_word.ts";
import { inputName } from "../inputs/open_input.ts";
import { readInput } from "../inputs/read_input.ts";
import type { Io } from "../outputs/outcome.ts";
import { ask } from "../systems/asking.ts";
import type { SystemOptions } from "../systems/setting.ts";
import { openRunning } from "../systems/sources.ts";
import { type DumpPiece, piecesOf } from "./inspect_pieces.ts";

/** A dump, and what messages call it. */
interface GivenDump {
  readonly name: string;
  readonly pieces: readonly DumpPiece[];
  /** What is to be known about it, in sentences. */
  readonly notes: readonly string[];
}

/** The dump in a file. `base`: what was said of its first byte's address. */
export async function dumpInFile(path: string, base: number | undefined, io: Io): Promise<Result<GivenDump>> {
  const bytes = await readInput(path, io.input);
  if (!bytes.ok) return bytes;
  const name = inputName(path);
  const dump = piecesOf(bytes.value, base);
  // Commands that read it are printed with its name.
  return dump.ok
    ? ok({ name, ...dump.value })
    : err(`${name}: ${dump.error.replace(/ FILE'/g, ` ${shellWord(path)}'`)}`);
}

/** The memory of the source of `--on`. */
export async function dumpOfSource(options: SystemOptions, io: Io): Promise<Result<GivenDump>> {
  const opened = await openRunning({ options, env: process.env, io });
  if (!opened.ok) return opened;
  if (opened.value === null) return err("nothing runs whose memory could be read");
  await using source = opened.value;
  if (!source.answers.has("memory")) return err(`${source.name} does not give its memory`);
  const memory = await ask(source, "memory");
  if (!memory.ok) return err(source.lost || memory.error.text);
  const { base, bytes, notes } = memory.value;
  return ok({ name: source.name, pieces: [{ base: base ?? undefined, bytes, gaps: [] }], notes });
}
