// A system with the TA that is fuzzed, and what its module tells of the code that it runs.
import { err, ok, type Result } from "../base/result.ts";
import { boot } from "../tee/boot.ts";
import { type Client, createClient } from "../tee/kernel/client.ts";
import type { AppFactory, CoreOptions, Host } from "../tee/kernel/core.ts";
import type { UserApp } from "../tee/kernel/user_app.ts";
import type { CallTable, WasmOptions } from "../wasm/engine/options.ts";
import type { TaModule } from "../wasm/module/ta_module.ts";
import { wasmApp } from "../wasm/wasm_app.ts";

/** What a TA is fuzzed with. */
export interface TargetOptions {
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
  /** Counters of edges, a byte each. */
  from: number;
  to: number;
  /** Comparisons, and how many there were. */
  list: number;
  count: number;
}

interface FuzzedTa {
  readonly client: Client;
  /** Of the newest instance. */
  readonly probe: Probe;
  /** The last line on the console; null for none. */
  lastLine(): string | null;
}

/** OP-TEE's system call, and the function where the host is the library. */
const WAITS_FOR_TIME = ["_utee_wait", "TEE_Wait", "__GP11_TEE_Wait"];

/** Boots it. `changed` puts itself between the kernel and the TA. */
export function bootFuzzed(
  { module, system, host, calls }: TargetOptions,
  options: Omit<WasmOptions, "calls">,
  changed: (app: UserApp) => UserApp,
): Result<FuzzedTa> {
  const probe: Probe = { from: 0, to: 0, list: 0, count: 0 };
  const probes: CallTable = {
    waits: new Set(),
    calls: () => ({
      _utee_log: () => {},
      // The time is over at once.
      ...Object.fromEntries(WAITS_FOR_TIME.map((name) => [name, () => 0])),
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
  const inner = wasmApp(module, { ...options, calls: [...calls, probes] });
  const app: AppFactory = (core) => changed(inner(core));
  let last: string | null = null;
  const console = (line: string): void => {
    last = line;
  };
  const booted = boot(system, { console, now: () => 0, apps: [app], host });
  return booted.ok ? ok({ client: createClient(booted.value), probe, lastLine: () => last }) : err(booted.error);
}
