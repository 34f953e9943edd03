// The setting in which a source is opened: the user's options, the environment, input and output.

import type { Surroundings } from "../../tee/boot.ts";
import type { ConsoleSink } from "../../tee/kernel/console.ts";
import type { Io } from "../outputs/outcome.ts";
import type { NamedBoard } from "./boards_file.ts";
import type { EmbeddedOptions } from "./embedded.ts";

/** Which system is meant. */
export interface SystemOptions extends EmbeddedOptions {
  /** A source, as `SCHEMES` has them; without a scheme the socket of a daemon. */
  readonly on?: string | undefined;
  /** The secure console of that source, as `CONSOLES` have it. */
  readonly secure?: string | undefined;
  /** Boards are asked for the heaps of TAs, too. */
  readonly taStats?: boolean | undefined;
  /** Whether a board's core was built with leak headers. */
  readonly leakHeaders?: "yes" | "no" | undefined;
  /** Keeps persistent objects in a folder: then it is the embedded system. */
  readonly storage?: string | undefined;
}

/** Commander's names of the options that choose an embedded system, and so contradict `--on`. */
export const EMBEDDED_ONLY = ["after", "cfg", "optee", "profile", "storage"] as const;

/** True where an option is given that only an embedded system has. */
export function choosesEmbedded(options: SystemOptions): boolean {
  return EMBEDDED_ONLY.some((name) => options[name] !== undefined);
}

/** Each kind of source takes what concerns it. */
export interface SourceSetting {
  /** What boards.yaml says of the board, where it was named. */
  readonly board?: NamedBoard;
  readonly options: SystemOptions;
  readonly env: NodeJS.ProcessEnv;
  readonly io: Pick<Io, "err" | "input" | "clock">;
  /** Takes the secure console of an embedded system; default nobody. */
  readonly console?: ConsoleSink;
  /** What an embedded system is given: TAs, cryptography, storage. */
  readonly surroundings?: Partial<Surroundings>;
  /** The secure console of `--secure` is wanted, too: others leave it to whoever reads it. */
  readonly hears?: boolean;
  /** What is done goes on until the user ends it: connections that are lost are opened again for ten minutes, not for one. */
  readonly goesOn?: boolean;
  /** An embedded system boots at `start`, so that its boot can be listened to. */
  readonly bootsLater?: boolean;
}
