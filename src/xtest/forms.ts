// The order of lines in each block of a statistics text, and the value a block stands for.
import { PAGER_FIELDS, type PagerStats, pagerFrom } from "../abi/pager.ts";
import type { StatsTime, TeeTime } from "../abi/time.ts";
import { COUNTERS, type CounterName } from "../malloc/counters.ts";
import type { CallFailure } from "./print.ts";
import * as rules from "./rules.ts";
import type { PrintedRecord, PrintedTa } from "./stat_lines.ts";

/** One block as a value. */
export type PrintedBlock =
  | { readonly kind: "alloc"; readonly value: PrintedRecord }
  | { readonly kind: "ta"; readonly value: PrintedTa }
  | { readonly kind: "pager"; readonly value: PagerStats }
  | { readonly kind: "time"; readonly value: StatsTime }
  | { readonly kind: "failure"; readonly value: CallFailure };

/** Gives the value of a line; `undefined` for one that is damaged or was not there. */
type Read = (rule: rules.Rule) => rules.Value | undefined;

/** A kind of block. */
export interface Form {
  readonly kind: PrintedBlock["kind"];
  /** Its lines in their order. */
  readonly rows: readonly rules.Rule[];
  /** A block may begin with any of so many first lines: each of them tells which kind it is. */
  readonly heads: number;
  /** True for a line without which the block is whole. */
  readonly optional?: rules.Rule;
  /** `undefined` where too little is there to stand for anything. */
  readonly build: (read: Read) => PrintedBlock | undefined;
}

const HEAP_ROWS = [
  rules.LABELLED_RULES.allocated,
  rules.FRAGMENTATION,
  ...COUNTERS.filter((name) => name !== "allocated").map((name) => rules.LABELLED_RULES[name]),
];

/** All kinds of blocks. */
export const FORMS: readonly Form[] = [
  {
    rows: [rules.POOL, ...HEAP_ROWS],
    heads: 1,
    optional: rules.FRAGMENTATION,
    kind: "alloc",
    build: (read) => pool(read, rules.POOL, rules.LABELLED_RULES),
  },
  {
    rows: [rules.OLD_POOL, ...Object.values(rules.OLD_COUNTER_RULES)],
    heads: 1,
    kind: "alloc",
    build: (read) => pool(read, rules.OLD_POOL, rules.OLD_COUNTER_RULES),
  },
  {
    rows: [rules.TA, rules.PANICKED, rules.SESSIONS, rules.HEAP_STATUS, ...HEAP_ROWS],
    heads: 4,
    optional: rules.FRAGMENTATION,
    kind: "ta",
    build: ta,
  },
  {
    rows: [rules.PAGER, ...PAGER_FIELDS.map(({ name }) => rules.PAGER_RULES[name])],
    heads: 1,
    kind: "pager",
    build: pager,
  },
  { rows: [rules.REE_TIME, rules.TEE_TIME], heads: 1, kind: "time", build: times },
  { rows: [rules.FAILURE], heads: 1, kind: "failure", build: failure },
];

/** The form that a line begins, and which of its rows the line is. */
export function begunBy(rule: rules.Rule): { readonly form: Form; readonly row: number } | undefined {
  const form = FORMS.find(({ rows, heads }) => rows.indexOf(rule) >= 0 && rows.indexOf(rule) < heads);
  return form === undefined ? undefined : { form, row: form.rows.indexOf(rule) };
}

function number(read: Read, rule: rules.Rule, nth = 0): number | undefined {
  const value = read(rule)?.[nth];
  return typeof value === "number" ? value : undefined;
}

function text(read: Read, rule: rules.Rule): string {
  return String(read(rule)?.[0] ?? "");
}

/** What was not there is left out. */
function record(read: Read, name: string, counters: Readonly<Record<CounterName, rules.Rule>>): PrintedRecord {
  const known = COUNTERS.map((counter) => [counter, number(read, counters[counter])] as const);
  const percent = number(read, rules.FRAGMENTATION);
  return {
    name,
    ...Object.fromEntries(known.filter(([, value]) => value !== undefined)),
    ...(percent === undefined ? {} : { fragmentation: percent }),
  };
}

function pool(
  read: Read,
  head: rules.Rule,
  counters: Readonly<Record<CounterName, rules.Rule>>,
): PrintedBlock | undefined {
  const value = record(read, text(read, head), counters);
  return Object.keys(value).length > 1 ? { kind: "alloc", value } : undefined;
}

function ta(read: Read): PrintedBlock | undefined {
  const [panicked, sessions] = [number(read, rules.PANICKED), number(read, rules.SESSIONS)];
  const heap = record(read, "", rules.LABELLED_RULES);
  if (panicked === undefined && sessions === undefined && Object.keys(heap).length === 1) return undefined;
  const value = {
    uuid: text(read, rules.TA),
    ...(panicked === undefined ? {} : { panicked }),
    ...(sessions === undefined ? {} : { sessions }),
    heap,
  };
  return { kind: "ta", value };
}

function pager(read: Read): PrintedBlock | undefined {
  const values = PAGER_FIELDS.map(({ name }) => number(read, rules.PAGER_RULES[name]));
  if (values.includes(undefined)) return undefined;
  return { kind: "pager", value: pagerFrom(({ name }) => number(read, rules.PAGER_RULES[name]) ?? 0) };
}

function times(read: Read): PrintedBlock | undefined {
  const [ree, tee] = [time(read, rules.REE_TIME), time(read, rules.TEE_TIME)];
  return ree === undefined || tee === undefined ? undefined : { kind: "time", value: { ree, tee } };
}

function time(read: Read, rule: rules.Rule): TeeTime | undefined {
  const [seconds, millis] = [number(read, rule, 0), number(read, rule, 1)];
  return seconds === undefined || millis === undefined ? undefined : { seconds, millis };
}

function failure(read: Read): PrintedBlock | undefined {
  const [code, origin] = [number(read, rules.FAILURE, 1), number(read, rules.FAILURE, 2)];
  if (code === undefined || origin === undefined) return undefined;
  return { kind: "failure", value: { call: text(read, rules.FAILURE), code, origin } };
}
