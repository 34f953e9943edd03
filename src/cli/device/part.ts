// A part in C that users build for a board: where its source is, what it is for, how it is compiled.
import type { Result } from "../../base/result.ts";
import type { Io } from "../outputs/outcome.ts";
import { packagePath } from "../package/package_path.ts";

/** One part: a row of the table of `teemem device`. */
export interface DevicePart {
  /** One line for the table. */
  readonly summary: string;
  /** The folder or file of its source, below `device/`. */
  readonly source: string;
  /** What `teemem device NAME` prints: paragraphs, or lines that stay as they are where they begin with blanks. */
  readonly explanation: readonly string[];
  /** How `teemem device build NAME` compiles it; absent where it is built in another way, which the explanation says. */
  readonly build?: Compilation;
  /** Makes what the part needs beside what was compiled. Gives the lines that say how it is used. */
  readonly complete?: (built: BuiltPart, options: PartOptions, io: Pick<Io, "input">) => Promise<Result<string[]>>;
}

/** What was compiled, and where. */
export interface BuiltPart {
  readonly file: string;
  readonly folder: string;
}

/** What some parts are told. */
export interface PartOptions {
  /** OP-TEE's core, and TAs, with symbols. */
  readonly elf?: string;
  readonly taElf?: readonly string[];
}

/** What a compiler is called with. */
export interface Compilation {
  /** Name of the file that it makes. */
  readonly output: string;
  readonly flags: readonly string[];
  readonly libraries: readonly string[];
  /** It runs on this machine, not on the board: $CC does not count. */
  readonly host?: true;
}

/** Where the sources of a part are: a folder of this package. */
export function sourcePath({ source }: Pick<DevicePart, "source">): string {
  return packagePath(`device/${source}`);
}
