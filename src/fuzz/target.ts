// The TA that is fuzzed: an instance with a session, which is made anew when an input has ended or damaged it.
import { err, ok, type Result } from "../base/result.ts";
import { boot } from "../tee/boot.ts";
import { createClient } from "../tee/kernel/client.ts";
import type { AppFactory, CoreOptions, Host } from "../tee/kernel/core.ts";
import type { TaEntry } from "../tee/kernel/user_app.ts";
import type { Finding } from "../tee/monitor/finding.ts";
import type { DirectEntry } from "../wasm/engine/direct_entry.ts";
import type { CallTable } from "../wasm/engine/options.ts";
import type { WasmInstance } from "../wasm/engine/wasm_instance.ts";
import { GRANULE, SHADOW_OFFSET } from "../wasm/instance/shadow.ts";
import type { TaModule } from "../wasm/module/ta_module.ts";
import { wasmApp, wasmInstanceOf } from "../wasm/wasm_app.ts";
import { type Coverage, createCoverage } from "./coverage.ts";
import { crashOf, isWait } from "./crash.ts";
import { type FuzzInput, MOST_BYTES } from "./input.ts";
import type { ComparedPair } from "./mutate.ts";
import { snapshot } from "./snapshot.ts";

/** What the fuzzer runs inputs in. */
export interface FuzzTarget {
  readonly coverage: Coverage;
  /** Commands that were called. */
  readonly calls: number;
  /** What was compared since the last time, 256 at most. */
  comparisons(): ComparedPair[];
  /** Runs an input; what it ended with, or null. `thorough`: buffers are a client's, and what is lost behind it is a leak. The instance is not to be used after a crash. */
  run(input: FuzzInput, thorough?: boolean): Finding | null;
  /** A new instance, as after loading. */
  restart(): Promise<Result<void>>;
  /** Takes the instance back to how it was after its session was opened. */
  reset(): void;
}

interface TargetOptions {
  readonly module: TaModule;
  readonly system: CoreOptions;
  readonly host: Partial<Host>;
  /** Functions that the module takes from the host beside the system calls. */
  readonly calls: readonly CallTable[];
  /** Milliseconds that a call may compute. */
  readonly patience: number;
}

/** Where the runtime of a module keeps what is looked at: device/wasm/runtime/coverage.c. */
interface Probe {
  from: number;
  to: number;
  list: number;
  count: number;
}

/** Milliseconds of patience once a loop without an end is known. */
const KNOWN_ENDLESS = 20;

/** Comparisons that the runtime remembers. */
const REMEMBERED = 256;

/** Boots a system, loads the TA and opens a session. Errors: what the TA's console says where it cannot. Long: the parts of one state. */
export async function createTarget(options: TargetOptions): Promise<Result<FuzzTarget>> {
  const { module, system, host, calls, patience } = options;
  const probe: Probe = { from: 0, to: 0, list: 0, count: 0 };
  let found: Finding | null = null;
  let hasEndless = false;
  let count = 0;
  let entered: TaEntry | null = null;
  const probes: CallTable = {
    waits: new Set(),
    calls: () => ({
      _utee_log: () => {},
      teemem_counters(from = 0, to = 0) {
        probe.from = from;
        probe.to = to;
      },
      teemem_comparisons(list = 0, count = 0) {
        probe.list = list;
        probe.count = count;
      },
    }),
  };
  const inner = wasmApp(module, {
    calls: [...calls, probes],
    patience: () => (hasEndless ? KNOWN_ENDLESS : patience),
    alone: true,
    found(finding) {
      found ??= finding;
    },
  });
  const app: AppFactory = (core) => {
    const made = inner(core);
    return {
      ...made,
      open(entry) {
        entered = entry;
        return made.open(entry);
      },
    };
  };
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
    if (lines.length > 20) lines.shift();
  };
  const booted = boot(system, { console: say, now: () => 0, apps: [app], host });
  if (!booted.ok) return booted;
  const core = booted.value;
  const client = createClient(core);
  let session = 0;
  let direct: DirectEntry | null = null;
  let memory = new Uint8Array(0);
  let coverage = createCoverage(new Uint8Array(0));
  let seen = 0;
  let back = (): void => {};
  let entry: TaEntry | null = null;

  async function restart(): Promise<Result<void>> {
    if (entry !== null) {
      entry.instance.panicked = true;
      await client.close(session);
    }
    found = null;
    const opened = await client.open(module.uuid);
    if (opened.code !== 0 || entered === null)
      return err(
        `${module.name} opens no session: 0x${opened.code.toString(16)}${lines.length > 0 ? `: ${lines.at(-1)}` : ""}`,
      );
    session = opened.session;
    entry = entered;
    const instance = wasmInstanceOf(entry.instance);
    direct = instance.direct(entry, MOST_BYTES);
    // Nobody reads what it prints.
    const level = instance.exports.trace_level;
    if (level instanceof WebAssembly.Global) instance.memory.setU32(Number(level.value), 0);
    memory = new Uint8Array((instance.exports.memory as WebAssembly.Memory).buffer);
    if (probe.to === 0) return err(`${module.name} was not built for the fuzzer: 'teemem fuzz FOLDER' builds it`);
    coverage = coverage.moved(memory.subarray(probe.from, probe.to));
    // A finder is a cache of what its bytes say: a heap of 32 KiB needs none.
    instance.heap.heap.finder = null;
    back = backTo(module, memory, instance);
    seen = wordAt(memory, probe.count);
    return ok(undefined);
  }
  const first = await restart();
  if (!first.ok) return first;
  return ok({
    get calls() {
      return count;
    },
    get coverage() {
      return coverage;
    },
    comparisons() {
      const count = wordAt(memory, probe.count);
      const from = Math.max(seen, count - REMEMBERED);
      seen = count;
      return Array.from({ length: count - from }, (_, n) =>
        comparisonAt(memory, probe.list + ((from + n) % REMEMBERED) * 24),
      );
    },
    run(input, thorough = false) {
      found = null;
      const before = direct?.newest() ?? 0;
      try {
        for (const { command, params } of input) {
          count++;
          direct?.call(entry?.session.id ?? 0, command, params, thorough);
          if (found !== null) return found;
        }
        return thorough ? (direct?.lost(before)[0] ?? null) : null;
      } catch (error) {
        if (isWait(error)) return null;
        const crash = found ?? crashOf(module, error);
        hasEndless ||= crash.kind === "endless";
        return crash;
      }
    },
    restart,
    reset: () => back(),
  });
}

/** Bytes of the stack that calls use, most of the time. */
const STACK = 65536;

/** What goes back to this moment. */
function backTo(module: TaModule, memory: Uint8Array, { heap, exports, check }: WasmInstance): () => void {
  const stack = Number((exports.__stack_pointer as WebAssembly.Global).value);
  const from = Math.max(0, stack - STACK);
  const shadow = (at: number): number => SHADOW_OFFSET + Math.floor(at / GRANULE);
  const spans = [
    { from, to: module.memory },
    { from: shadow(from), to: shadow(module.memory) },
  ];
  const [bytes, checks] = [snapshot(memory, spans, heap), check.remember()];
  return () => {
    bytes();
    checks();
  };
}

function wordAt(memory: Uint8Array, at: number): number {
  return new DataView(memory.buffer).getUint32(at, true);
}

function comparisonAt(memory: Uint8Array, at: number): ComparedPair {
  const view = new DataView(memory.buffer);
  return { a: view.getBigUint64(at, true), b: view.getBigUint64(at + 8, true), bytes: view.getUint32(at + 16, true) };
}
