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
import { behaviourWords, cutNumbers, OUT_OF_BOUNDS } from "./behaviour.ts";
import { isWithin, readStack, rememberStack } from "./code_stack.ts";
import { createDefinedness } from "./definedness.ts";
import { findingOfEnd } from "./ends.ts";
import { createHeapBlocks, type EntryNow } from "./heap_blocks.ts";
import { lostBlocks } from "./lost_blocks.ts";
import { besidePools, leavings, type ToldLeaks } from "./session_leaks.ts";
import { createSharedReads } from "./shared_reads.ts";
import { heapObject, type KnownMemory, touchedObject } from "./touched_object.ts";
import { closeGlobals, readGlobals, type Variable } from "./variables.ts";

/** Findings of one entry that are looked at. A loop over a wrong index has thousands of equal ones. */
const MOST_PER_ENTRY = 256;

/** A parameter in the TA's memory. */
interface Parameter extends Omit<Variable, "size"> {
  size: number;
  /** Where the TA leaves the size of what it gives back; null for what only comes in. */
  readonly sizeAt: number | null;
}

/** Checks of entries whose parameters lie at the same places each time. */
export interface DirectChecks {
  /** Number of the newest block. */
  newest(): number;
  /** Blocks behind that number which nobody can reach. */
  lost(since: number): Finding[];
  /** The buffer of a parameter has another size now. */
  resize(n: number, size: number): void;
  /** `shared`: the buffers are memory of a client, which may change them meanwhile. */
  begin(shared: boolean): void;
  /** `error` is what was thrown; null for nothing. */
  end(error: unknown): void;
}

export interface Memcheck {
  /** What the module's checks call. */
  readonly calls: HostCalls;
  /** Follows a heap of the instance. */
  watch(heap: MallocContext): void;
  /** The host touches memory on behalf of the TA. */
  touched(at: number, length: number, write: boolean): void;
  /** Before the host frees a block of the TA. */
  freeing(pointer: number): void;
  /** The host wrote bytes of the TA's memory. */
  written(at: number, length: number): void;
  /** What is known of blocks now; what is returned goes back to it. */
  remember(): () => void;
  /** An entry begins, with its parameters. `client`: they are memory of a client, which may change them meanwhile. */
  entered(placed: Pick<PlacedParams, "at" | "params">, client: boolean): void;
  /** Entries with buffers that stay at these places follow, one after the other: a quicker `entered` and `left`. */
  direct(at: number, rooms: readonly number[]): DirectChecks;
  /** It ends; `error` is what it threw, if it did; `closed` the session that has ended with it. */
  left(error: unknown, closed: number | null, succeeded: boolean): void;
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
  const lists = new Set<number>();
  const parameters: Parameter[] = [];
  /** Where the runtime remembers numbers that were cut, and how many there were before this entry. */
  const wraps = { at: 0, countAt: 0, seen: 0, count: () => (wraps.countAt === 0 ? 0 : memory.u32(wraps.countAt)) };
  const known: KnownMemory = { module, memory, shadow, blocks, globals, parameters };
  /** Of the client of the call. */
  const shared: ByteSpan[] = [];
  const reads = createSharedReads();
  let mapped: ByteSpan[] = [];
  const told: ToldLeaks = { ended: new Set(), lost: new Set(), growing: new Set() };
  const written = module.tracked
    ? createDefinedness({
        buffer,
        limit,
        memory,
        blocks,
        heapObject: (block) => heapObject(known, block, block.at),
        used(object) {
          if (looked++ < MOST_PER_ENTRY) report("uninitialised", object === undefined ? {} : { object });
        },
      })
    : null;
  /** An index beside an array: the access that comes next may say more. */
  let indexed: Finding | null = null;
  /** Line and address of the last access that was told of this entry. */
  let accessed = "";
  const here = rememberStack;
  /** By session: how often it called each command. */
  const commands = new Map<number, Map<number, number>>();
  let looked = 0;
  shadow.poison(0, NULL_BYTES, POISON.null);
  shadow.poison(module.memory, limit - module.memory, POISON.outside);

  function flush(): void {
    if (indexed !== null) tell(indexed);
    indexed = null;
  }
  /** Bytes that go to others were written. `where` is what they are, in words. */
  function given(at: number, length: number, stack: string | null, where: string): void {
    const first = written?.firstUndefined(at, length) ?? null;
    if (first === null || looked++ >= MOST_PER_ENTRY) return;
    const { object } = first;
    const words = `${first.count} of ${length} bytes ${where} were never written, the first at ${first.at - at}`;
    written?.written(at, length);
    if (stack === null) return report("uninitialised", object === undefined ? {} : { object }, words);
    tell({ kind: "uninitialised", stack, ...(object && { object }), detail: words });
  }
  function report(kind: FindingKind, more: Omit<Finding, "kind" | "stack" | "detail">, words = ""): void {
    const { stack, through } = readStack(module, here()());
    const detail = [words, through === "" || kind === "undefined" ? "" : `in ${through}`]
      .filter((one) => one !== "")
      .join(", ");
    const line = stack.split("\n", 1)[0];
    if (indexed?.stack.split("\n", 1)[0] === line) indexed = null;
    flush();
    // A line that reads and writes a place does so twice.
    const place = `${line} ${more.access?.address}`;
    if (more.access !== undefined && place === accessed) return;
    accessed = place;
    tell({ kind, stack, ...more, detail });
  }
  function behaved(check: number, data: number, a: number, b: number): void {
    if (looked++ >= MOST_PER_ENTRY) return;
    const { stack } = readStack(module, here()());
    flush();
    const finding: Finding = { kind: "undefined", stack, detail: behaviourWords(memory, check, data, a, b) };
    if (check === OUT_OF_BOUNDS) indexed = finding;
    else tell(finding);
  }
  /** A size that was cut. */
  function asked(size: number): void {
    const count = wraps.count();
    if (count === wraps.seen) return;
    for (const { place, same, words } of cutNumbers(memory, wraps.at, count, size)) {
      // Counters and hashes are cut on purpose: only what the asking functions computed is near a size by more than chance.
      if (!same && !isWithin(module, here()(), place)) continue;
      if (looked++ < MOST_PER_ENTRY) report("undefined", {}, words);
      return;
    }
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
  /** Where variables lie. */
  const variableSpans = (): ByteSpan[] => [{ from: stackTop, to: module.memory }, ...mapped];
  const allocatedAt = ({ allocated }: { allocated: () => string }): string => {
    const { stack, own } = readStack(module, allocated());
    return own ? stack : "";
  };
  /** What was thrown left frames without a word. */
  function thrown(error: unknown): void {
    if (error !== null) shadow.open(NULL_BYTES, stackTop - NULL_BYTES);
    const finding = findingOfEnd(module, error);
    if (finding !== null) tell(finding);
  }
  function begin(): void {
    looked = 0;
    accessed = "";
    wraps.seen = wraps.count();
  }
  return {
    calls: {
      teemem_bad_access: (at = 0, length = 0, write = 0) => touched(at, length, write !== 0),
      teemem_behaviour: (check = 0, data = 0, a = 0, b = 0) => behaved(check, data, a, b),
      teemem_wraps(list = 0, count = 0) {
        wraps.at = list;
        wraps.countAt = count;
      },
      ...written?.calls,
      teemem_globals(list = 0, count = 0) {
        closeGlobals(memory, shadow, list, count);
        // An instance that is taken back to its beginning says it again.
        if (!lists.has(list)) globals.push(...readGlobals(memory, list, count));
        lists.add(list);
      },
    },
    watch: (heap) =>
      blocks.watch(heap, (change) => {
        written?.changed(change);
        if (change.op !== "F" && change.op !== "W" && change.op !== "P") asked(change.size);
      }),
    touched(at, length, write) {
      touched(at, length, write);
      if (write) written?.written(at, length);
      else given(at, length, null, "that the TA passes");
    },
    written: (at, length) => written?.written(at, length),
    freeing(pointer) {
      if (pointer === 0 || blocks.live.has(pointer) || looked++ >= MOST_PER_ENTRY) return;
      const before = blocks.freedAt(pointer);
      if (before !== undefined) return report("double-free", { object: heapObject(known, before, pointer) });
      const block = blocks.near(pointer);
      const inside = block !== undefined && pointer > block.at && pointer < block.at + block.size;
      const unknown = { kind: "unknown", name: "", size: 0, offset: pointer } as const;
      report("invalid-free", { object: inside ? heapObject(known, block, pointer) : unknown });
    },
    remember() {
      const back = blocks.remember();
      return () => {
        back();
        reads.forget();
      };
    },
    entered({ at, params }, client) {
      begin();
      const { session, entry, command } = options.now();
      const calls = commands.get(session) ?? new Map<number, number>();
      commands.set(session, calls);
      if (entry === "invoke") calls.set(command, (calls.get(command) ?? 0) + 1);
      parameters.push({ name: "params", at, size: PARAMS_BYTES, sizeAt: null });
      shadow.open(at, PARAMS_BYTES);
      written?.written(at, PARAMS_BYTES);
      for (const [n, param] of params.entries()) {
        if (param.type !== "memref" || param.buffer === null) continue;
        const { byteOffset: from, length: size } = param.buffer;
        const sizeAt = param.direction === "in" ? null : at + 16 + 16 * n;
        parameters.push({ name: `params[${n}]`, at: from, size, sizeAt });
        written?.written(from, size);
        if (!client) shadow.open(from, size);
        else {
          shadow.poison(from, size, POISON.shared);
          shared.push({ from, to: from + size });
        }
      }
    },
    direct(at, rooms) {
      parameters.push({ name: "params", at, size: PARAMS_BYTES, sizeAt: null });
      shadow.open(at, PARAMS_BYTES);
      const buffers = rooms.map((room, n): Parameter => ({ name: `params[${n}]`, at: room, size: 0, sizeAt: null }));
      parameters.push(...buffers);
      return {
        resize(n, size) {
          const buffer = buffers[n] as Parameter;
          if (size < buffer.size) shadow.poison(buffer.at, buffer.size, POISON.outside);
          shadow.open(buffer.at, size);
          buffer.size = size;
        },
        begin(isShared) {
          begin();
          for (const { at: from, size } of buffers) {
            written?.written(from, size);
            if (isShared && size > 0) {
              shadow.poison(from, size, POISON.shared);
              shared.push({ from, to: from + size });
            }
          }
        },
        end(error) {
          flush();
          thrown(error);
          if (shared.length === 0) return;
          for (const { at: from, size } of buffers) shadow.open(from, size);
          shared.length = 0;
          reads.clear();
        },
        newest: blocks.newest,
        lost(since) {
          const spans = variableSpans();
          const lost = lostBlocks(blocks.live.values(), { word, buffer, spans: besidePools(spans, blocks.pools) });
          return lost.flatMap((block) => {
            const allocated = block.number > since ? allocatedAt(block) : "";
            const object = { kind: "heap", name: "", size: block.size, offset: 0, allocated } as const;
            return allocated === "" ? [] : [{ kind: "leak", stack: "", object, detail: "" } as const];
          });
        },
      };
    },
    left(error, closed, succeeded) {
      flush();
      for (const { name, at, size, sizeAt } of parameters)
        if (succeeded && sizeAt !== null)
          given(at, Math.min(size, memory.u32(sizeAt)), "", `of ${name}, which leave the TA,`);
      for (const { at, size } of parameters) shadow.poison(at, size, POISON.outside);
      parameters.length = 0;
      shared.length = 0;
      reads.clear();
      thrown(error);
      if (closed === null) return;
      const spans = variableSpans();
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
