// Where an instance was when it panicked, for the console: an application that knows it notes it.
import type { Subsystem } from "./subsystem.ts";

/** Lines, the innermost function first. */
export const PANIC_STACK: Subsystem<{ lines: readonly string[] }> = { create: () => ({ lines: [] }) };
