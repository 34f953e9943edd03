import { errorName } from "../../abi/errors.ts";
import { counted, grouped } from "../../base/format.ts";
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
  /** False if another application was inside meanwhile. */
  readonly alone: boolean;
}

const NUMBER = 10;

/**
 * A table with a row for each command of one instance: its heap at entry, at most, at exit, what it grew by; and beside it
 * how far the core's heap rose meanwhile, and what it grew by. Growth is coloured: red up, green down.
 */
export function drawCommands(rows: readonly CommandRow[], paint: Paint): string[] {
  const notes = rows.every(({ alone }) => alone)
    ? []
    : [paint.dim("* Another application was inside meanwhile: the core's figures may be its doing.")];
  return [...drawCommandHead(paint), ...rows.map((row) => drawCommand(row, paint)), ...notes, ...growths(rows, paint)];
}

/** The head of such a table. */
export function drawCommandHead(paint: Paint): string[] {
  const names = ["at entry", "peak", "at exit", "growth", "rose by", "growth"];
  return [
    paint.dim(`${"".padEnd(14)}${"heap of the TA".padStart(4 * NUMBER)}${"core heap".padStart(2 * NUMBER)}`),
    paint.dim(`${"".padEnd(14)}${names.map((name) => name.padStart(NUMBER)).join("")}`),
  ];
}

/** A row of such a table. */
export function drawCommand({ entry, command, code, heap, core, alone }: CommandRow, paint: Paint): string {
  const name = (entry === "invoke" ? `invoke ${command}` : entry).padEnd(14);
  const own = [heap.before, heap.peak, heap.after].map((n) => grouped(n).padStart(NUMBER)).join("");
  const beside = change(core.peak - core.before).padStart(NUMBER);
  const ended = code === 0 ? "" : `  ${paint.red(errorName(code) ?? `0x${(code >>> 0).toString(16)}`)}`;
  return `${name}${own}${coloured(heap.growth, paint)}${beside}${coloured(core.growth, paint)}${alone ? "" : " *"}${ended}`;
}

/** One sentence for each command that made the heap grow more than once. */
function growths(rows: readonly CommandRow[], paint: Paint): string[] {
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
        `invoke ${command} grew the heap in ${grew} of ${counted(calls, "call")}, by ${grouped(bytes)} bytes.`,
      ),
    );
}

function coloured(bytes: number, paint: Paint): string {
  const text = change(bytes).padStart(NUMBER);
  return bytes > 0 ? paint.red(text) : bytes < 0 ? paint.green(text) : text;
}

function change(bytes: number): string {
  return bytes === 0 ? "0" : `${bytes > 0 ? "+" : "-"}${grouped(Math.abs(bytes))}`;
}
