// The columns of a recording: docs/recording.md explains each, and a test holds that page against this table.
import type { AllocStats } from "../abi/record.ts";
import { COUNTERS } from "../malloc/counters.ts";
import { HEAP_OPS, OP, OPERATIONS } from "../malloc/operation.ts";

/** Version of the columns and their meaning, in the schema's metadata. */
export const SCHEMA_VERSION = "1";

/** Keys of the schema's metadata. */
export const META = {
  version: "teemem.version",
  origin: "teemem.origin",
  release: "teemem.optee",
  console: "teemem.console",
} as const;

/** The heap of rows that are the secure console's: it has no events, so that readers which do not know it pass over them. */
export const CONSOLE_HEAP = "console";

/** The heap of rows that are findings of checkers; readers that do not know it pass over them, too. */
export const FINDINGS_HEAP = "findings";

/** The column whose texts do not repeat: each batch has a list of its own, so that no list grows with the recording. */
export const PASSING_TEXT = "command";

/** The column that recordings lack which were made before there were call stacks. Its texts are long: each batch has its own. */
export const LATER_COLUMN = "stack";

/** True for a column of which each batch has a list of its own. */
export function isPerBatch(name: string | undefined): boolean {
  return name === PASSING_TEXT || name === LATER_COLUMN;
}

/** A block that was live when listening began. */
export const FOUND = "found";

/** What a row can tell, by the names in the column `op`. The first seven are the operations of a heap. */
export const OPS = [
  ...HEAP_OPS.map((letter) => OPERATIONS[letter].name),
  FOUND,
  "mark",
  "enter",
  "leave",
  "sample",
] as const;
/** Name of an operation, as a recording has it. */
export type OpName = (typeof OPS)[number];

/** The code of the letter of each row that belongs into a heap trace. A block that was found counts as one that was allocated. */
export const TRACE_CODE: ReadonlyMap<OpName, number> = new Map<OpName, number>([
  ...HEAP_OPS.map((letter) => [OPERATIONS[letter].name, OP[letter]] as const),
  [FOUND, OP.M],
]);

/** `text`: a dictionary of texts; `u32`, `u64`: numbers; `counter`: a u64 that only samples have. */
type ColumnKind = "text" | "u32" | "u64" | "counter";

/** The statistic in each column that only samples have; events have the others (`allocated`, `size`), too. */
export const COUNTER_COLUMNS = Object.fromEntries(
  ([...COUNTERS, "free2Sum"] as const)
    .filter((name) => name !== "allocated" && name !== "size")
    .map((name) => [snake(name), name]),
) as Readonly<Record<CounterColumn, SampleOnly>>;

/** Bits of the column `arg` of a sample: the value of such a column is not known. */
export const NO_ALLOCATED = 1;
export const NO_SIZE = 2;

/** All columns in their order. */
export const COLUMN_KINDS = {
  time: "u64",
  heap: "text",
  instance: "u32",
  op: "text",
  pointer: "u64",
  size: "u64",
  arg: "u64",
  result: "u64",
  allocated: "u64",
  thread: "text",
  func: "text",
  place: "text",
  name: "text",
  command: "text",
  ...counterKinds(),
  stack: "text",
} as const satisfies Readonly<Record<string, ColumnKind>>;

type SampleOnly = Exclude<keyof AllocStats, "allocated" | "size">;
type CounterColumn = Snake<SampleOnly>;
type Snake<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : "";

function snake<S extends string>(name: S): Snake<S> {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as Snake<S>;
}

function counterKinds(): Readonly<Record<CounterColumn, "counter">> {
  const kinds = Object.keys(COUNTER_COLUMNS).map((column) => [column, "counter"]);
  return Object.fromEntries(kinds) as Record<CounterColumn, "counter">;
}

export type ColumnName = keyof typeof COLUMN_KINDS;
export type NamesOf<K extends ColumnKind> = {
  [N in ColumnName]: (typeof COLUMN_KINDS)[N] extends K ? N : never;
}[ColumnName];

export const COLUMN_NAMES = Object.keys(COLUMN_KINDS) as ColumnName[];

/** The columns of one kind. */
export function columnsOf<K extends ColumnKind>(kind: K): NamesOf<K>[] {
  return COLUMN_NAMES.filter((name) => COLUMN_KINDS[name] === kind) as NamesOf<K>[];
}

/** Rows of a full batch: 4 MiB at most while it is collected. */
export const BATCH_ROWS = 65536;

/** A column as messages name it, in the words of Arrow's libraries. */
export function columnText(name: ColumnName): string {
  return fieldText({ name, type: TYPES[COLUMN_KINDS[name]], nullable: COLUMN_KINDS[name] === "counter" });
}

/** The same of a column that was found. */
export function fieldText({ name, type, nullable }: { name: string; type: string; nullable: boolean }): string {
  return `${name}: ${type}${nullable ? ", or null" : ""}`;
}

const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: "Dictionary<Int32, Utf8>",
  u32: "Uint32",
  u64: "Uint64",
  counter: "Uint64",
};
