// A TA that was compiled to WebAssembly, as the kernel sees it. Its library is in its module, and stands on the system calls.
import { TEE } from "../abi/errors.ts";
import { AssertionError } from "../base/assert.ts";
import { LEVEL, NOWHERE } from "../tee/kernel/console.ts";
import type { AppFactory, Core } from "../tee/kernel/core.ts";
import { type Subsystem, stateOf } from "../tee/kernel/subsystem.ts";
import type { TaEntry } from "../tee/kernel/user_app.ts";
import { waitsOf } from "./engine/call_tables.ts";
import type { WasmOptions } from "./engine/options.ts";
import { waitingHere } from "./engine/waiting.ts";
import { createInstance, ENTRY_FUNCTION, type EntryFunction, type WasmInstance } from "./engine/wasm_instance.ts";
import type { TaModule } from "./module/ta_module.ts";
import { unwoundModule } from "./module/unwound.ts";

/** The instance of a module; the kernel's instance holds it. */
const WASM: Subsystem<WasmInstance> = {
  create: () => {
    throw new AssertionError("a TA of WebAssembly is loaded before it is entered");
  },
};

/** The instance of a module in an instance of the kernel. */
export function wasmInstanceOf({ states }: Pick<TaEntry["instance"], "states">): WasmInstance {
  return stateOf({ states }, WASM);
}

/** Makes a TA of a module. Its library calls the entry points of creation and destruction by itself. */
export function wasmApp(module: TaModule, options: WasmOptions = {}): AppFactory {
  const { uuid, name, flags, layout } = module;
  const enter = (what: EntryFunction, entry: TaEntry, command = 0): Promise<number> =>
    stateOf(entry.instance, WASM).enter(what, entry, command);
  let run = module;
  const { asyncify } = options;
  const unwinds = asyncify !== undefined && !waitingHere().suspends;
  let preparing: Promise<void> | null = null;
  const prepare = async (core: Core): Promise<void> => {
    if (asyncify === undefined) return;
    const made = await unwoundModule(module, waitsOf(module, options), asyncify);
    if (made.ok) run = made.value;
    else core.console.print(LEVEL.ERROR, NOWHERE, `${name} cannot wait: ${made.error}`);
  };
  return (core) => ({
    ...(unwinds ? { prepare: () => (preparing ??= prepare(core)) } : {}),
    uuid,
    name,
    flags,
    layout,
    load(states) {
      try {
        const instance = createInstance(core, run, options);
        states.set(WASM, instance);
        return instance.heap;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        core.console.print(LEVEL.ERROR, NOWHERE, `${name} cannot be loaded: ${error.message}`);
        return null;
      }
    },
    create: () => TEE.SUCCESS,
    open: (entry) => enter(ENTRY_FUNCTION.open, entry),
    invoke: (entry, command) => enter(ENTRY_FUNCTION.invoke, entry, command),
    close: async (entry) => void (await enter(ENTRY_FUNCTION.close, entry)),
    destroy: async () => {},
    space: ({ states }) => stateOf({ states }, WASM).space,
  });
}

/** The engine has no room for an instance, or the module does what it must not while it is loaded. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof RangeError || error instanceof WebAssembly.LinkError || error instanceof WebAssembly.RuntimeError
  );
}
