// An instance of a TA: its memory, its heap, and the way in.
import { TEE } from "../../abi/errors.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import { releaseOf } from "../../release/releases.ts";
import type { AddressSpace } from "../../tee/kernel/address_space.ts";
import type { Core } from "../../tee/kernel/core.ts";
import { TaPanic } from "../../tee/kernel/panic.ts";
import { PANIC_STACK } from "../../tee/kernel/panic_stack.ts";
import type { Params } from "../../tee/kernel/params.ts";
import { stateOf } from "../../tee/kernel/subsystem.ts";
import { callerOf } from "../../tee/kernel/ta_instance.ts";
import type { TaEntry } from "../../tee/kernel/user_app.ts";
import { createSyscalls, type Syscalls } from "../../tee/svc/calls/syscalls.ts";
import { calledBy, nobody, stackCaller } from "../allocator/caller.ts";
import { allocatorCalls } from "../allocator/calls.ts";
import { rawCalls } from "../allocator/raw_calls.ts";
import type { CallEnv, HostCalls } from "../calls/call_env.ts";
import { EntryEnd } from "../calls/entry_end.ts";
import type { Memcheck } from "../check/memcheck.ts";
import { memcheckOf } from "../check/memcheck_of.ts";
import { createParts } from "../dynamic/linked_parts.ts";
import { addressSpace } from "../instance/address_space.ts";
import { type ByteSpan, createCMemory } from "../instance/c_memory.ts";
import type { CMemory } from "../instance/memory.ts";
import { placeParams } from "../instance/parameters.ts";
import { createSpace, observed } from "../instance/space.ts";
import type { TaModule } from "../module/ta_module.ts";
import { panicStack } from "../sites/panic_stack.ts";
import { sitesOf } from "../sites/stack_sites.ts";
import { besideUnwinding } from "./beside_unwinding.ts";
import { callTables, waitsOf } from "./call_tables.ts";
import { createDirectEntry, type DirectEntry } from "./direct_entry.ts";
import { createImports } from "./imports.ts";
import type { WasmOptions } from "./options.ts";
import { createPatience } from "./patience.ts";
import { placeTick } from "./tick.ts";
import { createUnwinding } from "./unwinding.ts";
import { waitingHere, withoutWaiting } from "./waiting.ts";

export interface WasmInstance {
  readonly memory: CMemory;
  readonly heap: MallocContext;
  readonly space: AddressSpace;
  readonly exports: WebAssembly.Exports;
  readonly check: Memcheck;
  /** Calls commands without a promise, on behalf of an entry; buffers of `room` bytes at most. Null where they have no room. */
  direct(entry: TaEntry, room: number): DirectEntry | null;
  /** Enters the TA. Its TEE code. */
  enter(what: EntryFunction, entry: TaEntry, command: number): Promise<number>;
}

/** UTEE_ENTRY_FUNC_… of OP-TEE 4.0.0 lib/libutee/include/utee_types.h. */
export const ENTRY_FUNCTION = { open: 0, close: 1, invoke: 2 } as const;
export type EntryFunction = (typeof ENTRY_FUNCTION)[keyof typeof ENTRY_FUNCTION];

const NAMES = ["open", "close", "invoke"] as const;

/** An entry that is being made. */
interface Entered {
  readonly entry: TaEntry;
  readonly what: (typeof NAMES)[number];
  readonly command: number;
  /** Number of the entry. */
  readonly call: number;
  svc: Syscalls | null;
}

/** Makes an instance. Throws what the engine throws where it has no memory for one. Long: the parts refer to each other. */
export function createInstance(core: Core, module: TaModule, options: WasmOptions): WasmInstance {
  const { word } = module;
  const waiting = options.alone === true ? withoutWaiting : module.unwinds ? createUnwinding() : waitingHere();
  const patience = createPatience(options.patience, waiting.suspends);
  // The imports come before the instance, and its memory after: they find it when they are called.
  let calls: HostCalls = {};
  const importsOf = (of: Pick<TaModule, "imports">, waits: ReadonlySet<string>) =>
    createImports(of, () => calls, waits, waiting, patience.resume);
  const waits = waitsOf(module, options);
  const instance = new WebAssembly.Instance(module.module, importsOf(module, waits));
  const { exports } = instance;
  const { buffer } = exports.memory as WebAssembly.Memory;
  const own = module.memory;
  const shared: ByteSpan[] = [];
  const shareable: ByteSpan[] = [];
  const { readOnly, lowest, limit } = module;
  const touched: CMemory["touched"] = (at, length, write) => check.touched(at, length, write);
  const written = (at: number, length: number): void => check.written(at, length);
  const memory = createCMemory(buffer, word, {
    shared,
    shareable,
    readOnly,
    lowest,
    limit,
    touched,
    ...(module.tracked ? { written } : {}),
  });
  const space = createSpace(buffer, own, limit);
  const release = releaseOf(module.build.optee);
  const context = (leakHeaders: boolean): MallocContext =>
    createContext(new Uint8Array(buffer, 0, own), {
      word,
      base: 0,
      leakHeaders,
      release: release.ok ? release.value : core.release,
    });
  const heap = context(core.switches.CFG_TEE_TA_MALLOC_DEBUG);
  let current: Entered | null = null;
  let entries = 0;
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
  const stack = exports.__stack_pointer as WebAssembly.Global;
  const stackTop: unknown = stack.value;
  const check = memcheckOf({
    core,
    module,
    buffer,
    memory,
    limit,
    stackTop: Number(stackTop),
    current: () => current,
    found: options.found,
  });
  check.watch(heap);
  const sites = sitesOf(module);
  const libraries = callTables(module, options).map((table) => table.calls(env));
  calls = Object.assign(
    {},
    check.calls,
    allocatorCalls(memory, heap, options.alone === true ? nobody : stackCaller(heap, sites), check.freeing),
    rawCalls(memory, () => {
      const made = context(false);
      check.watch(made);
      return made;
    }),
    // A library of the host allocates on the TA's behalf.
    ...(module.build.library === "own" && options.alone !== true
      ? libraries.map((library) => calledBy(heap, sites, library))
      : libraries),
  );
  waiting.attach?.(exports, space);
  placeTick(exports, module.tickSlot, waiting.suspending(patience.tick));
  const seen = observed(space, check.mapped, check.unmapped);
  const parts = createParts({
    memory,
    space: seen,
    exports,
    access: module.unwinds
      ? besideUnwinding(exports, patience.check)
      : { tickSlot: module.tickSlot, given: (value) => value },
    linked: module.build.libraries?.length ?? 0,
    libraries: options.libraries ?? (() => undefined),
    host: (library) => importsOf(library, module.unwinds ? new Set() : waits).env ?? {},
  });
  const start = waiting.promising(exports.__utee_entry as (...args: never[]) => unknown);
  const cast = (value: number): number | bigint => (word === 8 ? BigInt(value) : value);
  const known = new Map<number, number | bigint>();
  const castAgain = (value: number): number | bigint => {
    const before = known.get(value) ?? cast(value);
    known.set(value, before);
    return before;
  };
  const functions = { open: cast(ENTRY_FUNCTION.open), invoke: cast(ENTRY_FUNCTION.invoke) };
  return {
    memory,
    heap,
    space: addressSpace(seen, shareable, parts),
    exports,
    check,
    direct: (entry, room) =>
      createDirectEntry({
        memory,
        space,
        check,
        room,
        start: (what, session, at, command) =>
          (exports.__utee_entry as (...args: (number | bigint)[]) => number)(
            functions[what],
            castAgain(session),
            castAgain(at),
            cast(command),
          ),
        begin(what, command) {
          patience.begin();
          current = { entry, what, command, call: ++entries, svc: null };
        },
        end() {
          current = null;
        },
        unwind() {
          stack.value = stackTop;
        },
      }),
    async enter(what, entry, command) {
      const placed = placeParams(memory, space, entry.params as Params);
      if (placed === null) return TEE.OUT_OF_MEMORY;
      shared.push(...placed.shared);
      // Sessions of others with this instance must not end with it.
      patience.begin(entry.instance.open.size > 1 ? undefined : entry.call.gone);
      current = { entry: { ...entry, params: placed.params }, what: NAMES[what], command, call: ++entries, svc: null };
      check.entered(placed, callerOf(entry.call) === null);
      let thrown: unknown = null;
      let ended: number = TEE.GENERIC;
      try {
        const code = await start(cast(what), cast(entry.session.id), cast(placed.at), cast(command));
        placed.copyBack();
        ended = code >>> 0;
        return ended;
      } catch (error) {
        thrown = error;
        if (!(error instanceof EntryEnd)) {
          stateOf(entry.instance, PANIC_STACK).lines = panicStack(module, error);
          throw error;
        }
        stack.value = stackTop;
        placed.copyBack();
        ended = error.code;
        return ended;
      } finally {
        check.left(thrown, what === ENTRY_FUNCTION.close ? entry.session.id : null, ended === TEE.SUCCESS);
        current = null;
        shared.length = 0;
        placed.free();
      }
    },
  };
}
