// What the imports of a TA stand on.
import type { Core } from "../../tee/kernel/core.ts";
import type { TaEntry } from "../../tee/kernel/user_app.ts";
import type { Syscalls } from "../../tee/svc/calls/syscalls.ts";
import type { CMemory } from "../instance/memory.ts";

/** One import of a TA; arguments are numbers already. A promise suspends the TA. */
// biome-ignore lint/suspicious/noConfusingVoidType: what returns nothing is C's void
export type HostCall = (...args: number[]) => number | void | Promise<number | void>;

/** What the calls of an instance stand on. */
export interface CallEnv {
  readonly memory: CMemory;
  readonly core: Core;
  /** The entry that is being served; its params are views in the TA's own memory. */
  entry(): TaEntry;
  /** The system calls of that entry. */
  svc(): Syscalls;
}

/** Imports by name. */
export type HostCalls = Readonly<Record<string, HostCall>>;
