// Entering a TA, and what becomes of one that panics.
import { TEE } from "../../abi/errors.ts";
import { HeapPanic } from "../../heap/panic.ts";
import { LEVEL, NOWHERE } from "./console.ts";
import type { Core } from "./core.ts";
import { TaPanic } from "./panic.ts";
import { PANIC_STACK } from "./panic_stack.ts";
import { stateOf } from "./subsystem.ts";
import type { Entry } from "./ta_instance.ts";
import type { Code, TaEntry } from "./user_app.ts";

/**
 * Calls an entry point. Whatever it throws is a panic: the instance is marked, and it and all later calls answer
 * TARGET_DEAD, while the rest of the system lives on.
 */
export async function enter(
  core: Core,
  { instance, session }: TaEntry,
  entry: Entry,
  command: number,
  work: () => Code | Promise<void>,
): Promise<number> {
  if (instance.panicked) return TEE.TARGET_DEAD;
  const entered = core.sequence++;
  for (const observer of core.observers) observer.entered(instance, entry, session.id, command, entered);
  let code: number = TEE.SUCCESS;
  try {
    code = (await work()) ?? TEE.SUCCESS;
  } catch (error) {
    instance.panicked = true;
    code = TEE.TARGET_DEAD;
    core.console.print(LEVEL.ERROR, NOWHERE, describe(error));
    const { lines } = stateOf(instance, PANIC_STACK);
    if (lines.length > 0) core.console.print(LEVEL.ERROR, NOWHERE, "Call stack:");
    for (const line of lines) core.console.print(LEVEL.ERROR, NOWHERE, ` ${line}`);
  }
  const left = core.sequence++;
  for (const observer of core.observers) observer.left(instance, entry, session.id, command, code, left);
  return code;
}

function describe(error: unknown): string {
  if (error instanceof TaPanic && error.code === 0 && !error.message.startsWith("TEE_Panic"))
    return `TA panicked: ${error.message}`;
  if (error instanceof TaPanic) return `TA panicked with code 0x${error.code.toString(16)}`;
  if (error instanceof HeapPanic) return `TA heap: ${error.message}`;
  return `TA panicked: ${error instanceof Error ? error.message : String(error)}`;
}
