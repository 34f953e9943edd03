import type { Core } from "./core.ts";
import type { Params } from "./params.ts";

/** A trusted application that is part of the core. */
export interface PseudoTa {
  readonly uuid: string;
  /** As the console calls it. */
  readonly name: string;
  /** Performs a command and returns a TEE code; outputs go into the parameters. */
  invoke(core: Core, command: number, params: Params): number;
}
