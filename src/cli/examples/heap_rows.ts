// The heaps around each call of an example, as a table.
import { grouped } from "../../base/format.ts";
import { type Printable, printable, shown } from "../../base/printable.ts";
import type { Client } from "../../tee/kernel/client.ts";
import type { Program } from "./program.ts";

/** The heaps around one call, in bytes. */
export interface HeapRow {
  /** `open`, a command's name, or `close`. */
  readonly call: string;
  /** The TA's heap behind the call: in use, and most of all so far. null when the TA is gone. */
  readonly ta: { readonly allocated: number; readonly max: number } | null;
  readonly coreBefore: number;
  readonly coreAfter: number;
}

/** The heaps of a system at any moment, in bytes. */
export interface HeapView {
  /** In use of the core heap. */
  readonly core: number;
  /** Of the latest instance of a TA that runs: in use, and most of all so far. */
  ta(uuid: string): { readonly allocated: number; readonly max: number } | null;
  /** Events that did not reach us: with any, the figures may be wrong. */
  readonly lost: number;
  /** Resolves when what has happened so far shows. */
  settled(): Promise<void>;
}

/** A client that does what another one does, and calls `each` with the heaps after every call. */
export function watchHeaps(client: Client, heaps: HeapView, program: Program, each: (row: HeapRow) => void): Client {
  async function around<T>(call: string, work: () => Promise<T>): Promise<T> {
    const coreBefore = heaps.core;
    const result = await work();
    await heaps.settled();
    each({ call, ta: heaps.ta(program.uuid), coreBefore, coreAfter: heaps.core });
    return result;
  }
  return {
    open: (uuid, params, signal) => around("open", () => client.open(uuid, params, signal)),
    invoke: (session, command, params, signal) =>
      around(program.commands[command] ?? shown`command ${command}`, () =>
        client.invoke(session, command, params, signal),
      ),
    close: (session) => around("close", () => client.close(session)),
    end: () => client.end(),
  };
}

/** The rows as a table. */
export function drawHeapRows(rows: readonly HeapRow[]): Printable[] {
  const wide = Math.max(4, ...rows.map(({ call }) => call.length));
  const line = (call: string, ...cells: readonly string[]): Printable =>
    shown`  ${printable(call.padEnd(wide))}${printable(cells.map((cell) => cell.padStart(13)).join(""))}`;
  return [
    line("", "TA heap", "peak so far", "core before", "core after"),
    ...rows.map(({ call, ta, coreBefore, coreAfter }) => {
      const [allocated, max] = ta ? [grouped(ta.allocated), grouped(ta.max)] : ["-", "-"];
      return line(call, allocated, max, grouped(coreBefore), grouped(coreAfter));
    }),
  ];
}
