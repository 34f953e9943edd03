// An instance of a TA: its memory, its heap, and the way in.
import { TEE } from "../../abi/errors.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import { releaseOf } from "../../release/releases.ts";
import type { Core } from "../../tee/kernel/core.ts";
import { TaPanic } from "../../tee/kernel/panic.ts";
import type { Params } from "../../tee/kernel/params.ts";
import type { TaEntry } from "../../tee/kernel/user_app.ts";
import { createSyscalls, type Syscalls } from "../../tee/svc/calls/syscalls.ts";
import { allocatorCalls, type Caller } from "../allocator/calls.ts";
import { rawCalls } from "../allocator/raw_calls.ts";
import type { CallEnv, HostCalls } from "../calls/call_env.ts";
import type { TaModule } from "../module/ta_module.ts";
import { createCMemory, type Span } from "./c_memory.ts";
import { elfInfoBytes, writeElfInfo } from "./elf_info.ts";
import { createImports } from "./imports.ts";
import type { CMemory } from "./memory.ts";
import { placeParams } from "./parameters.ts";
import { createSpace, type Space } from "./space.ts";
import { waitingHere } from "./waiting.ts";

/** How TAs are run. */
export interface WasmOptions {
  /** Functions that a module may import beside the malloc family, and the names of those that may wait. */
  readonly calls?: readonly CallTable[];
  /** Bytes of memory behind the module's own, for what callers share; default 32 MiB. */
  readonly shared?: number;
  /** Who calls the allocator, by the stack of the TA. */
  readonly caller?: (module: TaModule) => Caller;
}

/** Functions for an instance. */
export interface CallTable {
  calls(env: CallEnv): HostCalls;
  readonly waits: ReadonlySet<string>;
}

export interface WasmInstance {
  readonly memory: CMemory;
  readonly heap: MallocContext;
  readonly space: Space;
  readonly exports: WebAssembly.Exports;
  /** Enters the TA. Its TEE code. */
  enter(what: EntryFunction, entry: TaEntry, command: number): Promise<number>;
}

/** UTEE_ENTRY_FUNC_… of OP-TEE 4.0.0 lib/libutee/include/utee_types.h. */
export const ENTRY = { open: 0, close: 1, invoke: 2 } as const;
export type EntryFunction = (typeof ENTRY)[keyof typeof ENTRY];

const SHARED = 32 * 2 ** 20;
const PAGE = 65536;

/** Makes an instance. Throws what the engine throws where it has no memory for one. Long: the parts refer to each other. */
export function createInstance(core: Core, module: TaModule, options: WasmOptions): WasmInstance {
  const { word } = module;
  const waiting = waitingHere();
  const tables = options.calls ?? [];
  // The imports come before the instance, and its memory after: they find it when they are called.
  let calls: HostCalls = {};
  const names = module.imports.map(({ name }) => name);
  const late: HostCalls = Object.fromEntries(
    names.map((name) => [name, (...args: number[]) => calls[name]?.(...args)]),
  );
  const waits = new Set(tables.flatMap((table) => [...table.waits]));
  const instance = new WebAssembly.Instance(module.module, createImports(module, late, waits, waiting));
  const { exports } = instance;
  const wasm = exports.memory as WebAssembly.Memory;
  const own = wasm.buffer.byteLength;
  grow(wasm, word, (options.shared ?? SHARED) / PAGE);
  const { buffer } = wasm;
  const shared: Span[] = [];
  const memory = createCMemory(buffer, word, { shared, readOnly: [] });
  const space = createSpace(buffer, own);
  const release = releaseOf(module.build.optee);
  const context = (leakHeaders: boolean): MallocContext =>
    createContext(new Uint8Array(buffer, 0, own), {
      word,
      base: 0,
      leakHeaders,
      release: release.ok ? release.value : core.release,
    });
  const heap = context(core.switches.CFG_TEE_TA_MALLOC_DEBUG);
  const caller = options.caller?.(module) ?? ((): readonly [undefined] => [undefined]);
  let current: { readonly entry: TaEntry; svc: Syscalls | null } | null = null;
  const entered = (): NonNullable<typeof current> => {
    if (current === null) throw new TaPanic(0, "the TA calls the core outside of an entry");
    return current;
  };
  const env: CallEnv = {
    memory,
    core,
    entry: () => entered().entry,
    svc() {
      const now = entered();
      now.svc ??= createSyscalls(core, now.entry);
      return now.svc;
    },
  };
  calls = Object.assign(
    {},
    allocatorCalls(memory, heap, caller as Caller),
    rawCalls(memory, () => context(false)),
    ...tables.map((table) => table.calls(env)),
  );
  startParts(memory, space, exports);
  const start = waiting.promising(exports.__utee_entry as (...args: never[]) => unknown);
  const cast = (value: number): number | bigint => (word === 8 ? BigInt(value) : value);
  return {
    memory,
    heap,
    space,
    exports,
    async enter(what, entry, command) {
      const placed = placeParams(memory, space, entry.params as Params);
      if (placed === null) return TEE.OUT_OF_MEMORY;
      shared.push(...placed.shared);
      current = { entry: { ...entry, params: placed.params }, svc: null };
      try {
        const code = await start(cast(what), cast(entry.session.id), cast(placed.at), cast(command));
        placed.copyBack();
        return code >>> 0;
      } finally {
        current = null;
        shared.length = 0;
        placed.free();
      }
    },
  };
}

/** Tells the library of the module that it is a part of, and of its initializers. */
function startParts(memory: CMemory, space: Space, exports: WebAssembly.Exports): void {
  const info = exports.__elf_phdr_info;
  if (!(info instanceof WebAssembly.Global)) return;
  const at = space.take(elfInfoBytes(memory.word, 1));
  const { __wasm_call_ctors: initialize, __indirect_function_table: table } = exports;
  const initializer =
    initialize === undefined ? null : addFunction(table as WebAssembly.Table, memory.word, initialize);
  writeElfInfo(memory, Number(info.value), at, [{ initializer }]);
}

/** Enters a function in the table. Its index. */
function addFunction(table: WebAssembly.Table, word: 4 | 8, added: WebAssembly.ExportValue): number {
  const wide = typeof table.length === "bigint" || word === 8;
  const index = Number(table.grow((wide ? 1n : 1) as number));
  table.set((wide ? BigInt(index) : index) as number, added);
  return index;
}

function grow(memory: WebAssembly.Memory, word: 4 | 8, pages: number): void {
  memory.grow((word === 8 ? BigInt(pages) : pages) as number);
}
