import { grouped } from "../../base/format.ts";
import { getStats } from "../../malloc/stats.ts";
import type { Client } from "../../tee/client.ts";
import type { Core } from "../../tee/core.ts";
import type { Program } from "./program.ts";

/** The heaps around one call, in bytes. */
export interface HeapRow {
  /** `open`, a command's name, or `close`. */
  readonly call: string;
  /** The application's heap behind the call: in use, and most of all so far. null when the application is gone. */
  readonly ta: { readonly allocated: number; readonly max: number } | null;
  readonly coreBefore: number;
  readonly coreAfter: number;
}

/** A client that does what another one does, and calls `each` with the heaps after every call. */
export function watchHeaps(client: Client, core: Core, program: Program, each: (row: HeapRow) => void): Client {
  async function around<T>(call: string, work: () => Promise<T>): Promise<T> {
    const coreBefore = core.heap.heap.allocated;
    const result = await work();
    const instance = core.instances.findLast(({ uuid }) => uuid === program.uuid);
    const stats = instance && getStats(instance.heap);
    const ta = stats ? { allocated: stats.allocated, max: stats.maxAllocated } : null;
    each({ call, ta, coreBefore, coreAfter: core.heap.heap.allocated });
    return result;
  }
  return {
    open: (uuid, params, signal) => around("open", () => client.open(uuid, params, signal)),
    invoke: (session, command, params, signal) =>
      around(program.commands[command] ?? `command ${command}`, () => client.invoke(session, command, params, signal)),
    close: (session) => around("close", () => client.close(session)),
    end: () => client.end(),
  };
}

/** The rows as a table. */
export function drawHeapRows(rows: readonly HeapRow[]): string[] {
  const wide = Math.max(4, ...rows.map(({ call }) => call.length));
  const line = (call: string, ...cells: readonly string[]): string =>
    `  ${call.padEnd(wide)}${cells.map((cell) => cell.padStart(13)).join("")}`;
  return [
    line("", "TA heap", "most so far", "core before", "core after"),
    ...rows.map(({ call, ta, coreBefore, coreAfter }) => {
      const [allocated, max] = ta ? [grouped(ta.allocated), grouped(ta.max)] : ["-", "-"];
      return line(call, allocated, max, grouped(coreBefore), grouped(coreAfter));
    }),
  ];
}
