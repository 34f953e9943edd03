// What of that which ends an entry is an error in the TA's code that checks tell: traps of the engine, a full stack, a loop.
import { type CallFrame, readCallStack, writeCallStack } from "../../base/call_stack.ts";
import { TaPanic } from "../../tee/kernel/panic.ts";
import type { Finding, FindingKind } from "../../tee/monitor/finding.ts";
import type { TaModule } from "../module/ta_module.ts";
import { readStack } from "./code_stack.ts";

interface End {
  readonly of: abstract new (...args: never) => Error;
  /** In the words of V8 and of SpiderMonkey, or in ours. */
  readonly says: RegExp;
  readonly kind: FindingKind;
  readonly detail: string;
}

const ENDS: readonly End[] = [
  {
    of: WebAssembly.RuntimeError,
    says: /table index|signature mismatch|indirect call|null function/,
    kind: "undefined",
    detail: "a call through a pointer to no function, or to one of another type",
  },
  {
    of: WebAssembly.RuntimeError,
    says: /out of bounds/,
    kind: "invalid-write",
    detail: "read or write beyond all memory",
  },
  {
    of: WebAssembly.RuntimeError,
    says: /divide by zero|division by zero/,
    kind: "undefined",
    detail: "division by zero",
  },
  { of: RangeError, says: /call stack/, kind: "stack-overflow", detail: "functions call themselves without an end" },
  { of: TaPanic, says: /ms without an end$/, kind: "endless", detail: "" },
];

/** The finding for what ended an entry; null for what is none. */
export function findingOfEnd(module: TaModule, error: unknown): Finding | null {
  if (error === null) return null;
  const end = ENDS.find(({ of, says }) => error instanceof of && says.test(error.message));
  if (end === undefined) return null;
  const { stack } = readStack(module, (error as Error).stack ?? "");
  return { kind: end.kind, stack: end.kind === "stack-overflow" ? recursionIn(stack) : stack, detail: end.detail };
}

/** One turn of the functions that call themselves, the same one wherever the stack became full; the stack where there is none. */
export function recursionIn(stack: string): string {
  const frames = readCallStack(stack);
  const isAt =
    ({ place, func }: CallFrame) =>
    (other: CallFrame) =>
      other.place === place && other.func === func;
  const start = frames.findIndex((frame, n) => frames.slice(n + 1).some(isAt(frame)));
  const first = frames[start];
  // Equal frames behind one another are one here: a function above itself is one that calls itself.
  if (first === undefined) {
    const above = frames.findIndex(({ func }, n) => n > 0 && func === frames[n - 1]?.func);
    return writeCallStack(frames.slice(Math.max(0, above)));
  }
  const length = frames.slice(start + 1).findIndex(isAt(first)) + 1;
  const turn = frames.slice(start, start + length);
  const places = turn.map(({ place }) => place);
  const from = places.indexOf([...places].sort()[0] ?? "");
  return writeCallStack([...turn.slice(from), ...turn.slice(0, from)]);
}
