// A table of what heaps were around calls: the heap of a TA, and beside it the core heap.
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Look, Paint } from "./paint.ts";

/** A column of figures. */
export interface AroundColumn<Row> {
  readonly title: string;
  readonly heap: "heap of the TA" | "core heap";
  /** True for a column that a narrow terminal has no room for. */
  readonly spare: boolean;
  text(row: Row): Printable;
  look?(row: Row): Look | null;
}

/** Columns of a table that a width has room for, and how wide they are. */
interface AroundForm<Row> {
  readonly columns: readonly AroundColumn<Row>[];
  readonly name: number;
  readonly figure: number;
}

/** Columns of figures at most. */
const WIDEST = 14;

/** The form of a table whose names and figures take so many columns where there is room. */
export function aroundForm<Row>(
  all: readonly AroundColumn<Row>[],
  { width }: Pick<Paint, "width">,
  { name, figure, usual }: { readonly name: number; readonly figure: number; readonly usual: number },
): AroundForm<Row> {
  const columns = name + all.length * figure <= width ? all : all.filter(({ spare }) => !spare);
  const more = Math.max(0, Math.floor((width - usual) / columns.length));
  const room = Math.floor((width - name) / columns.length);
  return { columns, name, figure: Math.min(WIDEST, figure + more, room) };
}

/** The two lines of the head, behind the names. */
export function drawAroundHead<Row>({ columns, figure }: AroundForm<Row>, { dim }: Paint): [Printable, Printable] {
  const core = own(figure * columns.length < 30 ? "core" : "core heap");
  const of = (heap: string): number => figure * columns.filter((column) => column.heap === heap).length;
  const over = shown`${own("heap of the TA").padStart(of("heap of the TA"))}${core.padStart(of("core heap"))}`;
  return [dim(over), dim(joined(columns.map(({ title }) => printable(title).padStart(figure))))];
}

/** The figures of a row. */
export function drawAround<Row>({ columns, figure }: AroundForm<Row>, row: Row, paint: Paint): Printable {
  return joined(
    columns.map(({ text, look }) => {
      const cell = text(row).padStart(figure);
      const name = look?.(row) ?? null;
      return name === null ? cell : paint[name](cell);
    }),
  );
}

/** What grew is red, what shrank is green. */
export function growthLook(bytes: number | null): Look | null {
  if (bytes === null || bytes === 0) return null;
  return bytes > 0 ? "red" : "green";
}
