// What a module imports, with the numbers of WebAssembly: C's words have no sign, and those of 64 bits are bigints there.
import { TaPanic } from "../../tee/kernel/panic.ts";
import type { HostCall, HostCalls } from "../calls/call_env.ts";
import { type FunctionType, VALUE } from "../format/types.ts";
import type { TaModule } from "../module/ta_module.ts";
import type { Waiting } from "./waiting.ts";

type Raw = number | bigint;
type RawCall = (...args: Raw[]) => Raw | undefined | Promise<Raw | undefined>;

/** The functions that a module asks for, by name when they are called first. One that nobody has ends the TA when it is called. */
export function createImports(
  module: Pick<TaModule, "imports">,
  calls: () => HostCalls,
  waits: ReadonlySet<string>,
  waiting: Waiting,
  resume: () => void,
) {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name, type } of module.imports) {
    let found: HostCall | undefined;
    const call: HostCall = (...args) => {
      found ??= calls()[name] ?? missing(name);
      return found(...args);
    };
    const raw = converted(call, type, resume);
    imports[from] = { ...imports[from], [name]: waits.has(name) ? waiting.suspending(raw) : immediate(raw, name) };
  }
  return imports;
}

/** The call with WebAssembly's numbers on both sides. */
function converted(call: HostCall, { parameters, results }: FunctionType, resume: () => void): RawCall {
  const wide = parameters.includes(VALUE.i64);
  const result = results[0];
  // biome-ignore lint/suspicious/noConfusingVoidType: a HostCall may return nothing
  const back = (value: number | void): Raw | undefined => {
    if (result === undefined) return undefined;
    if (result === VALUE.i64) return BigInt(value ?? 0);
    return result === VALUE.i32 ? (value ?? 0) | 0 : (value ?? 0);
  };
  const words = parameters.map((type) => (type === VALUE.i32 ? 32 : type === VALUE.i64 ? 64 : 0));
  return (...args) => {
    const numbers = wide || args.length > 0 ? args.map((arg, n) => unsigned(arg, words[n] as number)) : [];
    const value = call(...numbers);
    return value instanceof Promise ? value.finally(resume).then(back) : back(value);
  };
}

/** A word without a sign; exact below 2^53. */
function unsigned(value: Raw, bits: number): number {
  if (typeof value === "bigint") {
    const number = Number(value);
    return number >= 0 ? number : Number(BigInt.asUintN(64, value));
  }
  return bits === 32 ? value >>> 0 : value;
}

/** A call that never waits: what it does at once is all. */
function immediate(call: RawCall, name: string): RawCall {
  return (...args) => {
    const value = call(...args);
    if (value instanceof Promise) throw new TaPanic(0, `${name} waits, and is not known to`);
    return value;
  };
}

function missing(name: string): HostCall {
  return () => {
    throw new TaPanic(0, `${name}() is called, and nobody has it`);
  };
}
