// Draws the table of a TA's commands.
import { errorName } from "../../abi/errors.ts";
import { counted, grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import { type AroundColumn, aroundForm, drawAround, drawAroundHead, growthLook } from "./around_table.ts";
import { foldEqual } from "./fold_equal.ts";
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

const NAME = 14;

const COLUMNS: readonly AroundColumn<CommandRow>[] = [
  { title: "at entry", heap: "heap of the TA", spare: true, text: ({ heap }) => grouped(heap.before) },
  { title: "peak", heap: "heap of the TA", spare: false, text: ({ heap }) => grouped(heap.peak) },
  { title: "at exit", heap: "heap of the TA", spare: true, text: ({ heap }) => grouped(heap.after) },
  {
    title: "growth",
    heap: "heap of the TA",
    spare: false,
    text: ({ heap }) => change(heap.growth),
    look: ({ heap }) => growthLook(heap.growth),
  },
  { title: "rose by", heap: "core heap", spare: true, text: ({ core }) => change(core.peak - core.before) },
  {
    title: "growth",
    heap: "core heap",
    spare: false,
    text: ({ core }) => change(core.growth),
    look: ({ core }) => growthLook(core.growth),
  },
];

const formFor = (paint: Paint) => aroundForm(COLUMNS, paint, { name: NAME, figure: 10, usual: 80 });

/**
 * A table with a row for each command of one instance: its heap at entry, at most, at exit, what it grew by; and beside it
 * how far the core heap rose meanwhile, and what it grew by. Growth is coloured: red up, green down. A narrow terminal shows
 * the peak and what grew.
 */
export function drawCommands(rows: readonly CommandRow[], paint: Paint): Printable[] {
  const notes = rows.every(({ alone }) => alone)
    ? []
    : [paint.dim("* Another TA ran at the same time, so the core's figures may include its blocks.")];
  return [...drawCommandHead(paint), ...drawRows(rows, paint), ...notes, ...growths(rows, paint)];
}

/** Equal commands that follow upon each other have one row. */
function drawRows(rows: readonly CommandRow[], paint: Paint): Printable[] {
  const keyOf = ({ entry, command, code, heap, core, alone }: CommandRow): string =>
    JSON.stringify([entry, command, code, heap, core, alone]);
  return foldEqual(rows, keyOf).map(({ first, times }) =>
    times === 1 ? drawCommand(first, paint) : shown`${drawCommand(first, paint)}  × ${grouped(times)}`,
  );
}

/** The head of such a table. */
export function drawCommandHead(paint: Paint): Printable[] {
  return drawAroundHead(formFor(paint), paint).map((line) => shown`${own(" ").repeat(NAME)}${line}`);
}

/** A row of such a table. */
export function drawCommand(row: CommandRow, paint: Paint): Printable {
  const { entry, command, code, alone } = row;
  const name = (entry === "invoke" ? shown`invoke ${command}` : printable(entry)).padEnd(NAME);
  const ended =
    code === 0 ? "" : shown`  ${paint.red(errorName(code) ?? shown`0x${printable((code >>> 0).toString(16))}`)}`;
  return shown`${name}${drawAround(formFor(paint), row, paint)}${alone ? "" : " *"}${ended}`;
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

function change(bytes: number): Printable {
  return bytes === 0 ? own("0") : shown`${bytes > 0 ? "+" : "-"}${grouped(Math.abs(bytes))}`;
}
