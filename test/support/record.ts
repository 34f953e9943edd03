// Records heap operations as a trace, for tests.
import { addPool } from "../../src/malloc/add_pool.ts";
import { type ContextOptions, createContext, type MallocContext } from "../../src/malloc/context.ts";
import { parseRecordedTrace } from "../../src/replay/recorded_trace.ts";
import type { RecordedTrace } from "../../src/replay/trace_columns.ts";

/** A recorded trace in the making: contexts whose every operation becomes a row. */
export interface Recorder {
  /** Starts the next instance, with one pool. */
  life(length: number, options?: ContextOptions): MallocContext;
  mark(name: string): void;
  text(): string;
  trace(): RecordedTrace;
}

/** Records what is done to the allocator in the format of the reference traces. */
export function createRecorder(context = "core"): Recorder {
  const lines = [
    `# OP-TEE 4.0.0 heap event trace, context ${context}`,
    "#inst\tt_us\top\tptr\tsize\targ\tret\talloc\ttid\tfunc\tloc",
  ];
  let instances = 0;
  let time = 0;
  const recorder: Recorder = {
    life(length, options = {}) {
      const instance = ++instances;
      const base = options.base ?? 0x40010000;
      const ctx = createContext(new Uint8Array(length), { ...options, base });
      const address = (at: number): string => (at === 0 ? "0" : (base + at).toString(16));
      ctx.listener = (op, pointer, size, arg, result, file, line, allocated) => {
        const passed = op === "P" ? (base + pointer).toString(16) : address(pointer);
        const row = [
          instance,
          ++time,
          op,
          passed,
          size,
          arg,
          address(result),
          allocated,
          "-",
          "test",
          `${file ?? "test.c"}:${line}`,
        ];
        lines.push(row.join("\t"));
      };
      addPool(ctx, 0, length);
      return ctx;
    },
    mark(name) {
      lines.push(`# mark begin ${name}`);
    },
    text: () => `${lines.join("\n")}\n`,
    trace() {
      const trace = parseRecordedTrace(new TextEncoder().encode(recorder.text()));
      if (!trace.ok) throw new Error(trace.error);
      return trace.value;
    },
  };
  return recorder;
}
