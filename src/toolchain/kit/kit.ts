// What a TA is built with: a folder in the shape of OP-TEE's export-ta_arm64, and what the host gives.
import type { Target } from "../call/target.ts";
import type { Mode } from "../mode/modes.ts";

export interface Kit {
  /** The value of TA_DEV_KIT_DIR: `mk/ta_dev_kit.mk`, `include/`, `lib/lib*.a`, `src/`. */
  readonly folder: string;
  readonly target: Target;
  readonly mode: Mode;
  /** Arguments of the mode for each compilation. */
  readonly compile: readonly string[];
  /** The release of the OP-TEE that the kit is of; empty for our own. */
  readonly optee: string;
  readonly library: "optee" | "own";
  /** Symbols that the host gives. Any other one that nobody defines is an error of the linker, which names the file. */
  readonly imports: readonly string[];
  /** The folder that holds OP-TEE's own TAs, and the configuration for them as a Makefile. */
  readonly inTree?: { readonly folder: string; readonly config: string };
  /** Objects that come before all others when a TA is linked. */
  readonly first: readonly string[];
  /** Archives that come after all others when a TA is linked. */
  readonly runtime: readonly string[];
  /** What make is told beyond where the kit is. */
  readonly variables: readonly string[];
  /** Folders of headers that come before the kit's. */
  readonly includes: readonly string[];
  /** Folders that file names of the kit do not begin with in debug information. */
  readonly roots: readonly string[];
}
