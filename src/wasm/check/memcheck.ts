// Checks of an instance whose module was built with them: the shadow of its memory, and what is noticed on it.
import type { MallocContext } from "../../malloc/context.ts";
import { TaPanic } from "../../tee/kernel/panic.ts";
import type { Finding, FindingKind } from "../../tee/monitor/finding.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { ByteSpan } from "../instance/c_memory.ts";
import type { CMemory } from "../instance/memory.ts";
import { PARAMS_BYTES, type PlacedParams } from "../instance/parameters.ts";
import { createShadow, NULL_BYTES, POISON } from "../instance/shadow.ts";
import { without } from "../instance/space.ts";
import type { TaModule } from "../module/ta_module.ts";
import { readStack, rememberStack } from "./code_stack.ts";
import { createHeapBlocks, type EntryNow } from "./heap_blocks.ts";
import { leavings } from "./session_leaks.ts";
import { createSharedReads } from "./shared_reads.ts";
import { heapObject, type KnownMemory, touchedObject } from "./touched_object.ts";
import { readGlobals, type Variable } from "./variables.ts";

/** Findings of one entry that are looked at. A loop over a wrong index has thousands of equal ones. */
const MOST_PER_ENTRY = 256;

/** What of the engine's traps is an error in memory, by its words: V8's, SpiderMonkey's. */
const TRAPS: readonly { readonly says: RegExp; readonly kind: FindingKind; readonly detail: string }[] = [
  {
    says: /table index|signature mismatch|indirect call|null function/,
    kind: "undefined",
    detail: "a call through a pointer to no function, or to one of another type",
  },
  { says: /out of bounds/, kind: "invalid-write", detail: "read or write beyond all memory" },
  { says: /divide by zero|division by zero/, kind: "undefined", detail: "division by zero" },
];

export interface Memcheck {
  /** What the module's checks call. */
  readonly calls: HostCalls;
  /** Follows a heap of the instance. */
  watch(heap: MallocContext): void;
  /** The host touches memory on behalf of the TA. */
  touched(at: number, length: number, write: boolean): void;
  /** Before the host frees a block of the TA. */
  freeing(pointer: number): void;
  /** An entry begins, with its parameters. `client`: they are memory of a client, which may change them meanwhile. */
  entered(placed: Pick<PlacedParams, "at" | "params">, client: boolean): void;
  /** It ends; `error` is what it threw, if it did; `closed` the session that has ended with it. */
  left(error: unknown, closed: number | null): void;
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
  /** Where the stack begins: it lies between NULL and this, and variables from this on. */
  readonly stackTop: number;
  readonly now: () => EntryNow;
  readonly tell: (finding: Finding) => void;
}

/** Long: the parts of one state. */
export function createMemcheck(options: MemcheckOptions): Memcheck {
  const { module, buffer, memory, limit, stackTop, tell } = options;
  const { word } = module;
  const shadow = createShadow(buffer, limit);
  const blocks = createHeapBlocks(shadow, options.now);
  const globals: Variable[] = [];
  const parameters: Variable[] = [];
  const known: KnownMemory = { module, memory, shadow, blocks, globals, parameters };
  /** Of the client of the call. */
  const shared: ByteSpan[] = [];
  const reads = createSharedReads();
  let mapped: ByteSpan[] = [];
  const told = new Set<string>();
  const here = rememberStack;
  /** By session: how often it called each command. */
  const commands = new Map<number, Map<number, number>>();
  let looked = 0;
  shadow.poison(0, NULL_BYTES, POISON.null);
  shadow.poison(module.memory, limit - module.memory, POISON.outside);

  function report(kind: FindingKind, more: Omit<Finding, "kind" | "stack" | "detail">, words = ""): void {
    const { stack, through } = readStack(module, here()());
    const detail = [words, through === "" ? "" : `in ${through}`].filter((one) => one !== "").join(", ");
    tell({ kind, stack, ...more, detail });
  }
  /** The TA, or the host for it, touches bytes of its client. */
  function touchedShared(at: number, length: number, write: boolean): void {
    if (write) return reads.written(at, length);
    const double = reads.read(at, length, () => {
      const text = here();
      return () => readStack(module, text());
    });
    if (double === null) return;
    const [first = ""] = double.first.stack.split("\n");
    const [place = "", func = ""] = first.split("\t");
    const access = { write: false, bytes: length, address: at };
    const parameter = parameters.find((one) => at >= one.at && at < one.at + one.size);
    const object = parameter && {
      kind: "parameter" as const,
      name: parameter.name,
      size: parameter.size,
      offset: double.from - parameter.at,
    };
    const detail = `it was read before in ${func}${place === "" ? "" : ` (${place})`}`;
    tell({ kind: "double-fetch", stack: double.second.stack, access, ...(object && { object }), detail });
  }
  /** The first byte that is closed to the TA, beyond what its client shares; -1 for none. */
  function firstWrong(at: number, length: number, write: boolean): number {
    const end = at + length;
    let closed = shadow.firstClosed(at, length);
    while (closed >= 0) {
      const from = closed;
      const span = shared.find((one) => from >= one.from && from < one.to);
      if (span === undefined) return closed;
      touchedShared(from, Math.min(end, span.to) - from, write);
      closed = span.to < end ? shadow.firstClosed(span.to, end - span.to) : -1;
    }
    return -1;
  }
  function touched(at: number, length: number, write: boolean): void {
    const closed = firstWrong(at, length, write);
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
      const unknown = { kind: "unknown", name: "", size: 0, offset: pointer } as const;
      report("invalid-free", { object: inside ? heapObject(known, block, pointer) : unknown });
    },
    entered({ at, params }, client) {
      looked = 0;
      const { session, entry, command } = options.now();
      const calls = commands.get(session) ?? new Map<number, number>();
      commands.set(session, calls);
      if (entry === "invoke") calls.set(command, (calls.get(command) ?? 0) + 1);
      parameters.push({ name: "params", at, size: PARAMS_BYTES });
      shadow.open(at, PARAMS_BYTES);
      for (const [n, param] of params.entries()) {
        if (param.type !== "memref" || param.buffer === null) continue;
        const { byteOffset: from, length: size } = param.buffer;
        parameters.push({ name: `params[${n}]`, at: from, size });
        if (!client) shadow.open(from, size);
        else {
          shadow.poison(from, size, POISON.shared);
          shared.push({ from, to: from + size });
        }
      }
    },
    left(error, closed) {
      for (const { at, size } of parameters) shadow.poison(at, size, POISON.outside);
      parameters.length = 0;
      shared.length = 0;
      reads.clear();
      // What was thrown left frames without a word.
      if (error !== null) shadow.open(NULL_BYTES, stackTop - NULL_BYTES);
      if (error instanceof WebAssembly.RuntimeError) {
        const trap = TRAPS.find(({ says }) => says.test(error.message));
        const { stack } = readStack(module, error.stack ?? "");
        if (trap !== undefined) tell({ kind: trap.kind, stack, detail: trap.detail });
      }
      if (closed === null) return;
      const spans = [{ from: stackTop, to: module.memory }, ...mapped];
      const allocatedAt = ({ allocated }: { allocated: () => string }): string => {
        const { stack, own } = readStack(module, allocated());
        return own ? stack : "";
      };
      const calls = commands.get(closed) ?? new Map<number, number>();
      commands.delete(closed);
      for (const finding of leavings(closed, { word, buffer, blocks, spans, calls, allocatedAt }, told)) tell(finding);
    },
    mapped(at, length) {
      mapped.push({ from: at, to: at + length });
      shadow.open(at, length);
    },
    unmapped(at, length) {
      mapped = mapped.flatMap((span) => without(span, { from: at, to: at + length }));
      shadow.poison(at, length, POISON.outside);
    },
  };
}
