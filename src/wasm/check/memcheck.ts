// Checks of an instance whose module was built with them: the shadow of its memory, and what is noticed on it.
import type { MallocContext } from "../../malloc/context.ts";
import { TaPanic } from "../../tee/kernel/panic.ts";
import type { Finding, FindingKind } from "../../tee/monitor/finding.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { CMemory } from "../instance/memory.ts";
import { PARAMS_BYTES, type PlacedParams } from "../instance/parameters.ts";
import type { TaModule } from "../module/ta_module.ts";
import { readStack, rememberStack } from "./code_stack.ts";
import { createHeapBlocks } from "./heap_blocks.ts";
import { createShadow, NULL_BYTES, POISON } from "./shadow.ts";
import { heapObject, type KnownMemory, touchedObject } from "./touched_object.ts";
import { readGlobals, type Variable } from "./variables.ts";

/** Findings of one entry that are looked at. A loop over a wrong index has thousands of equal ones. */
const MOST_PER_ENTRY = 256;

export interface Memcheck {
  /** What the module's checks call. */
  readonly calls: HostCalls;
  /** Follows a heap of the instance. */
  watch(heap: MallocContext): void;
  /** The host touches memory on behalf of the TA. */
  touched(at: number, length: number, write: boolean): void;
  /** Before the host frees a block of the TA. */
  freeing(pointer: number): void;
  /** An entry begins, with its parameters where they lie. */
  entered(placed: Pick<PlacedParams, "at" | "params">): void;
  /** It ends; `error` is what it threw, if it did. */
  left(error: unknown): void;
  /** Memory behind the module's own that the TA has, or has no more. */
  mapped(at: number, length: number): void;
  unmapped(at: number, length: number): void;
}

export interface MemcheckOptions {
  readonly module: TaModule;
  readonly buffer: ArrayBufferLike;
  readonly memory: CMemory;
  /** Bytes of memory without the shadow. */
  readonly limit: number;
  /** Where the stack begins: it lies between NULL and this. */
  readonly stackTop: number;
  readonly session: () => number;
  readonly tell: (finding: Finding) => void;
}

/** Long: the parts of one state. */
export function createMemcheck(options: MemcheckOptions): Memcheck {
  const { module, memory, limit, stackTop, tell } = options;
  const shadow = createShadow(options.buffer, limit);
  const blocks = createHeapBlocks(shadow, options.session);
  const globals: Variable[] = [];
  const parameters: Variable[] = [];
  const known: KnownMemory = { module, memory, shadow, blocks, globals, parameters };
  let looked = 0;
  shadow.poison(0, NULL_BYTES, POISON.null);
  shadow.poison(module.memory, limit - module.memory, POISON.outside);

  function report(kind: FindingKind, more: Omit<Finding, "kind" | "stack" | "detail">, words = ""): void {
    const { stack: where, through } = readStack(module, rememberStack()());
    const detail = [words, through === "" ? "" : `in ${through}`].filter((one) => one !== "").join(", ");
    tell({ kind, stack: where, ...more, detail });
  }
  function touched(at: number, length: number, write: boolean): void {
    const closed = shadow.firstClosed(at, length);
    if (closed < 0) return;
    if (looked++ < MOST_PER_ENTRY) {
      const object = touchedObject(known, at, closed);
      const used = object.freed !== undefined;
      const scope = shadow.codeAt(closed) === POISON.stackOutOfScope ? "it is out of scope" : "";
      const kind = used ? "use-after-free" : write ? "invalid-write" : "invalid-read";
      report(kind, { access: { write, bytes: length, address: at }, object }, scope);
    }
    if (at < NULL_BYTES) throw new TaPanic(0, `data-abort at 0x${at.toString(16)}`);
  }
  return {
    calls: {
      teemem_bad_access: (at = 0, length = 0, write = 0) => touched(at, length, write !== 0),
      teemem_globals(list = 0, count = 0) {
        globals.push(...readGlobals(memory, shadow, list, count));
      },
    },
    watch: blocks.watch,
    touched,
    freeing(pointer) {
      if (pointer === 0 || blocks.live.has(pointer) || looked++ >= MOST_PER_ENTRY) return;
      const before = blocks.freedAt(pointer);
      if (before !== undefined) return report("double-free", { object: heapObject(known, before, pointer) });
      const block = blocks.near(pointer);
      const inside = block !== undefined && pointer > block.at && pointer < block.at + block.size;
      const object = inside
        ? heapObject(known, block, pointer)
        : ({ kind: "unknown", name: "", size: 0, offset: pointer } as const);
      report("invalid-free", { object });
    },
    entered({ at, params }) {
      looked = 0;
      parameters.push({ name: "params", at, size: PARAMS_BYTES });
      for (const [n, param] of params.entries())
        if (param.type === "memref" && param.buffer !== null)
          parameters.push({ name: `params[${n}]`, at: param.buffer.byteOffset, size: param.buffer.length });
      for (const one of parameters) shadow.open(one.at, one.size);
    },
    left(error) {
      for (const { at, size } of parameters) shadow.poison(at, size, POISON.outside);
      parameters.length = 0;
      // What was thrown left frames without a word.
      if (error !== null) shadow.open(NULL_BYTES, stackTop - NULL_BYTES);
      if (error instanceof WebAssembly.RuntimeError && /out of bounds/.test(error.message)) {
        const { stack: where } = readStack(module, error.stack ?? "");
        tell({ kind: "invalid-read", stack: where, detail: "the address is beyond all memory" });
      }
    },
    mapped: (at, length) => shadow.open(at, length),
    unmapped: (at, length) => shadow.poison(at, length, POISON.outside),
  };
}
