// Draws the table of a TA's commands.
import { errorName } from "../../abi/errors.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** A heap around one command, in bytes. */
interface Span {
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  readonly growth: number;
}

/** What a row needs to know of a command. */
export interface CommandRow {
  readonly entry: string;
  readonly command: number;
  /** TEE code. */
  readonly code: number;
  readonly heap: Span;
  readonly core: Span;
  /** False if another TA was inside meanwhile. */
  readonly alone: boolean;
}

const NUMBER = 10;

/**
 * A table with a row for each command of one instance: its heap at entry, at most, at exit, what it grew by; and beside it
 * how far the core heap rose meanwhile, and what it grew by. Growth is coloured: red up, green down.
 */
export function drawCommands(rows: readonly CommandRow[], paint: Paint): Printable[] {
  const notes = rows.every(({ alone }) => alone)
    ? []
    : [paint.dim("* Another TA ran at the same time, so the core's figures may include its blocks.")];
  return [...drawCommandHead(paint), ...rows.map((row) => drawCommand(row, paint)), ...notes, ...growths(rows, paint)];
}

/** The head of such a table. */
export function drawCommandHead(paint: Paint): Printable[] {
  const names = ["at entry", "peak", "at exit", "growth", "rose by", "growth"] as const;
  return [
    paint.dim(
      shown`${own("").padEnd(14)}${own("heap of the TA").padStart(4 * NUMBER)}${own("core heap").padStart(2 * NUMBER)}`,
    ),
    paint.dim(shown`${own("").padEnd(14)}${joined(names.map((name) => own(name).padStart(NUMBER)))}`),
  ];
}

/** A row of such a table. */
export function drawCommand({ entry, command, code, heap, core, alone }: CommandRow, paint: Paint): Printable {
  const name = (entry === "invoke" ? shown`invoke ${command}` : entry).padEnd(14);
  const inside = joined([heap.before, heap.peak, heap.after].map((n) => grouped(n).padStart(NUMBER)));
  const beside = change(core.peak - core.before).padStart(NUMBER);
  const ended =
    code === 0 ? "" : shown`  ${paint.red(errorName(code) ?? shown`0x${printable((code >>> 0).toString(16))}`)}`;
  return shown`${printable(name)}${inside}${coloured(heap.growth, paint)}${beside}${coloured(core.growth, paint)}${alone ? "" : " *"}${ended}`;
}

/** One sentence for each command that made the heap grow more than once. */
function growths(rows: readonly CommandRow[], paint: Paint): Printable[] {
  const sums = new Map<number, { calls: number; grew: number; bytes: number }>();
  for (const { entry, command, heap } of rows) {
    if (entry !== "invoke") continue;
    const sum = sums.get(command) ?? { calls: 0, grew: 0, bytes: 0 };
    sum.calls++;
    if (heap.growth > 0) sum.grew++;
    sum.bytes += heap.growth;
    sums.set(command, sum);
  }
  return [...sums]
    .filter(([, { grew, bytes }]) => grew > 1 && bytes > 0)
    .map(([command, { calls, grew, bytes }]) =>
      paint.yellow(
        shown`invoke ${command} grew the heap in ${grew} of ${counted(calls, "call")}, by ${grouped(bytes)} bytes.`,
      ),
    );
}

function coloured(bytes: number, paint: Paint): Printable {
  const text = change(bytes).padStart(NUMBER);
  return bytes > 0 ? paint.red(text) : bytes < 0 ? paint.green(text) : text;
}

function change(bytes: number): Printable {
  return bytes === 0 ? own("0") : shown`${bytes > 0 ? "+" : "-"}${grouped(Math.abs(bytes))}`;
}
