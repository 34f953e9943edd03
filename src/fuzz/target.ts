// The TA that is fuzzed: an instance with a session, which is made anew when an input has ended or damaged it.
import { err, ok, type Result } from "../base/result.ts";
import type { TaEntry } from "../tee/kernel/user_app.ts";
import type { Finding } from "../tee/monitor/finding.ts";
import type { DirectEntry } from "../wasm/engine/direct_entry.ts";
import type { WasmInstance } from "../wasm/engine/wasm_instance.ts";
import { GRANULE, SHADOW_OFFSET } from "../wasm/instance/shadow.ts";
import type { TaModule } from "../wasm/module/ta_module.ts";
import { wasmInstanceOf } from "../wasm/wasm_app.ts";
import { type Coverage, createCoverage } from "./coverage.ts";
import { isWait, panicOf } from "./crash.ts";
import { bootFuzzed, type TargetOptions } from "./fuzzed_ta.ts";
import { type FuzzCall, type FuzzInput, MOST_BYTES, NO_FUZZ_PARAMS, OPEN, opens } from "./input.ts";
import type { ComparedPair } from "./mutate.ts";
import { snapshot } from "./snapshot.ts";
import { createFollower, type Follow } from "./waiting_target.ts";

/** An input that waits within a call: `follow` runs it. */
export const INPUT_WAITS = "waits";

/** What the fuzzer runs inputs in. */
export interface FuzzTarget {
  readonly coverage: Coverage;
  /** Commands that were called. */
  readonly calls: number;
  /** What was compared since the last time, 256 at most. */
  comparisons(): ComparedPair[];
  /** The call that opens a session, before the calls of an input; none where that needs no parameters. Null: no session was opened yet. */
  begin(): readonly FuzzCall[] | null;
  /** Runs an input: what it ends with, or null. `thorough`: buffers are a client's, and what is lost behind it is a leak. The instance is not to be used after a crash. */
  run(input: FuzzInput, thorough?: boolean): Finding | null | typeof INPUT_WAITS;
  /** Runs an input with its waits, in an instance of its own. `whole`: the engine could. */
  follow(input: FuzzInput): Promise<{ readonly finding: Finding | null; readonly whole: boolean }>;
  /** A new instance, as after loading, with a session. */
  restart(): Promise<Result<void>>;
  /** Takes the instance back to how it was after its session was opened. */
  reset(): void;
}

/** Milliseconds of patience once a loop without an end is known. */
const KNOWN_ENDLESS = 20;

/** Comparisons that the runtime remembers. */
const REMEMBERED = 256;

/** Boots a system and loads the TA. Errors: what the TA's console says where it cannot. Long: the parts of one state. */
export async function createTarget(options: TargetOptions): Promise<Result<FuzzTarget>> {
  const { module, patience } = options;
  let found: Finding | null = null;
  let hasEndless = false;
  let count = 0;
  const entered: { entry: TaEntry | null } = { entry: null };
  const booted = bootFuzzed(
    options,
    {
      patience: () => (hasEndless ? KNOWN_ENDLESS : patience),
      alone: true,
      found(finding) {
        found ??= finding;
      },
    },
    (app) => ({
      ...app,
      // The kernel has its session; the TA's is opened below, again and again.
      open(entry) {
        entered.entry = entry;
        return 0;
      },
    }),
  );
  if (!booted.ok) return booted;
  const { client, probe, lastLine } = booted.value;
  let session = 0;
  /** The session's number in the TA. */
  let id = 0;
  let direct: DirectEntry | null = null;
  let memory = new Uint8Array(0);
  let coverage = createCoverage(new Uint8Array(0));
  let seen = 0;
  let toLoaded = (): void => {};
  let toOpened = (): void => {};
  /** The session of this instance is open, without parameters. */
  let isOpen = false;
  /** The instance is not as it was after that: an input opened a session of its own. */
  let isOther = false;
  let opening: FuzzCall | null = null;
  let follow: Follow | null = null;

  async function restart(): Promise<Result<void>> {
    if (entered.entry !== null) {
      entered.entry.instance.panicked = true;
      await client.close(session);
      entered.entry = null;
    }
    const opened = await client.open(module.uuid);
    const { entry } = entered as { entry: TaEntry | null };
    if (opened.code !== 0 || entry === null) {
      const line = lastLine();
      return err(`${module.name} opens no session: 0x${opened.code.toString(16)}${line === null ? "" : `: ${line}`}`);
    }
    session = opened.session;
    id = entry.session.id;
    const instance = wasmInstanceOf(entry.instance);
    direct = instance.direct(entry, MOST_BYTES);
    // Nobody reads what it prints.
    const level = instance.exports.trace_level;
    if (level instanceof WebAssembly.Global) instance.memory.setU32(Number(level.value), 0);
    memory = new Uint8Array((instance.exports.memory as WebAssembly.Memory).buffer);
    // A finder is a cache of what its bytes say: a heap of 32 KiB needs none.
    instance.heap.heap.finder = null;
    toLoaded = backTo(module, memory, instance);
    // Its constructors run in its first entry.
    isOpen = opensAlone() && found === null;
    // What it runs into is seen again when it is an input.
    if (!isOpen) toLoaded();
    found = null;
    if (probe.to === 0) return err(`${module.name} was not built for the fuzzer: 'teemem fuzz FOLDER' builds it`);
    coverage = coverage.moved(memory.subarray(probe.from, probe.to));
    coverage.take();
    toOpened = backTo(module, memory, instance);
    isOther = false;
    seen = wordAt(memory, probe.count);
    return ok(undefined);
  }
  function reset(): void {
    toOpened();
    isOther = false;
    seen = wordAt(memory, probe.count);
  }
  /** Opens the session without parameters; false where the TA refuses or does not survive that. */
  function opensAlone(): boolean {
    try {
      return direct?.open(id, NO_FUZZ_PARAMS, false) === 0;
    } catch {
      return false;
    }
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
    begin: () => (isOpen ? [] : opening === null ? null : [opening]),
    run(input, thorough = false) {
      found = null;
      if (opens(input)) {
        toLoaded();
        isOther = true;
        seen = wordAt(memory, probe.count);
      } else if (!isOpen) return null;
      else if (isOther) reset();
      const before = direct?.newest() ?? 0;
      try {
        for (const call of input) {
          const { command, params } = call;
          count++;
          if (command === OPEN) {
            const code = direct?.open(id, params, thorough);
            if (found !== null || code !== 0) return found;
            opening ??= call;
            continue;
          }
          direct?.call(id, command, params, thorough);
          if (found !== null) return found;
        }
        return thorough ? (direct?.lost(before)[0] ?? null) : null;
      } catch (error) {
        if (isWait(error)) return INPUT_WAITS;
        const crash = found ?? panicOf(module, error);
        hasEndless ||= crash.kind === "endless";
        return crash;
      }
    },
    async follow(input) {
      count += input.length;
      const made = follow === null ? createFollower(options) : ok(follow);
      if (!made.ok) throw new Error(made.error);
      follow = made.value;
      const { finding, counters, whole } = await follow(input);
      if (counters.length === coverage.all) memory.set(counters, probe.from);
      return { finding, whole };
    },
    restart,
    reset,
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
