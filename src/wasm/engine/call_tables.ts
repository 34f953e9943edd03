// What modules have of their host.
import { uteeCalls, WAITS } from "../calls/utee_calls.ts";
import type { TaModule } from "../module/ta_module.ts";
import { OWN_WAITS, ownCalls } from "../own/own_calls.ts";
import type { CallTable, WasmOptions } from "./options.ts";

/** By whose library a module has. */
const LIBRARIES: Readonly<Record<TaModule["build"]["library"], readonly CallTable[]>> = {
  optee: [{ calls: uteeCalls, waits: WAITS }],
  own: [
    { calls: uteeCalls, waits: WAITS },
    { calls: ownCalls, waits: OWN_WAITS },
  ],
};

export function callTables({ build }: TaModule, { calls = [] }: WasmOptions): readonly CallTable[] {
  return [...LIBRARIES[build.library], ...calls];
}

/** Names of the calls that may wait. */
export function waitsOf(module: TaModule, options: WasmOptions): ReadonlySet<string> {
  return new Set(callTables(module, options).flatMap(({ waits }) => [...waits]));
}
