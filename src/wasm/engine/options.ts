// How TAs of WebAssembly are run.

import type { Finding } from "../../tee/monitor/finding.ts";
import type { CallEnv, HostCalls } from "../calls/call_env.ts";
import type { SharedLibrary } from "../dynamic/shared_library.ts";
import type { Asyncify } from "../module/unwound.ts";

/** How a TA that was compiled from C runs. */
export interface WasmOptions {
  /** Functions that a module may import beside the malloc family and the system calls. */
  readonly calls?: readonly CallTable[];
  /** Milliseconds that a TA may compute without an end; default 60 s. It panics then. */
  readonly patience?: number | (() => number);
  /** Lets TAs wait in an engine that cannot by itself. Without it and without that, a TA that waits panics. */
  readonly asyncify?: Asyncify;
  /** Nothing waits: an entry ends before another begins, and a call that would wait ends the TA. */
  readonly alone?: boolean;
  /** Is told what checks notice, whoever listens to the system. */
  readonly found?: (finding: Finding) => void;
  /** The shared library of a UUID, which a TA may load while it runs; default none. */
  readonly libraries?: (uuid: string) => SharedLibrary | undefined;
}

/** Functions for an instance. */
export interface CallTable {
  /** The functions of the table, for one instance. */
  calls(env: CallEnv): HostCalls;
  /** Names of those that may wait, and suspend the TA then. */
  readonly waits: ReadonlySet<string>;
}
