// What a run ended with where the checks said nothing: a panic; and which findings are one bug.
import { HeapPanic } from "../heap/panic.ts";
import { TaPanic } from "../tee/kernel/panic.ts";
import type { Finding } from "../tee/monitor/finding.ts";
import { readStack } from "../wasm/check/code_stack.ts";
import type { TaModule } from "../wasm/module/ta_module.ts";

/** The finding for what an entry threw. */
export function panicOf(module: TaModule, error: unknown): Finding {
  const { stack } = readStack(module, error instanceof Error ? (error.stack ?? "") : "");
  const says = error instanceof Error ? error.message : String(error);
  if (error instanceof TaPanic && error.code !== 0)
    return { kind: "panic", stack, detail: `TEE_Panic with 0x${error.code.toString(16)}` };
  if (error instanceof HeapPanic) return { kind: "panic", stack, detail: `the heap: ${says}` };
  return { kind: "panic", stack, detail: says };
}

/** True for a TA that waits, which the engine cannot let it do. */
export function isWait(error: unknown): boolean {
  return error instanceof TaPanic && error.message.includes("cannot let a TA wait");
}

/** Findings with the same text are one bug: of one kind at one line. */
export function bugOf({ kind, stack, detail, object, access }: Finding): string {
  const line = stack.split("\n", 1)[0] ?? "";
  // A leak has the place of its allocation.
  // A pointer that goes wrong at a line goes wrong in more than one way.
  const way = access === undefined ? kind : "access";
  return `${way}\n${line !== "" ? line : (object?.allocated?.split("\n", 1)[0] ?? detail)}`;
}
