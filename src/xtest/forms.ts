// The order of lines in each block of a statistics text, and the value a whole block stands for.
import { STAT_FIELDS } from "../abi/fields.ts";
import { type PagerStats, pagerFrom } from "../abi/pager.ts";
import type { StatsTime, TeeTime } from "../abi/time.ts";
import { parseUuid } from "../abi/uuid.ts";
import { zeroCounters } from "../malloc/counters.ts";
import { HEAP_NAME } from "../release/releases.ts";
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

/** Gives what a rule's groups matched, nothing for a line that was not there. */
type Read = (rule: rules.Rule) => readonly string[];

/** A kind of block. */
export interface Form {
  readonly kind: PrintedBlock["kind"];
  readonly rows: readonly { readonly rule: rules.Rule; readonly optional: boolean }[];
  readonly build: (read: Read) => PrintedBlock;
  /** True for a block that goes on with the report before it, seen by its first line and whether a blank precedes it. */
  readonly joins: (head: readonly string[], afterBlank: boolean) => boolean;
}

const STAT_ROWS = Array.from(rules.STAT_RULES, ([field, rule]) => ({
  rule,
  optional: Object.values(field.offset).includes(null),
}));

function rows(...list: readonly rules.Rule[]): Form["rows"] {
  return list.map((rule) => ({ rule, optional: false }));
}

/** All kinds of blocks. The first line of each tells it. */
export const FORMS: readonly Form[] = [
  {
    rows: [...rows(rules.POOL), ...STAT_ROWS],
    kind: "alloc",
    build: (read) => ({ kind: "alloc", value: record(read, read(rules.POOL)[0] ?? "") }),
    joins: ([name]) => name !== HEAP_NAME,
  },
  {
    rows: [...rows(rules.TA, rules.PANICKED, rules.SESSIONS, rules.HEAP_STATUS), ...STAT_ROWS],
    kind: "ta",
    build: (read) => ({ kind: "ta", value: ta(read) }),
    joins: (_, afterBlank) => afterBlank,
  },
  {
    rows: rows(rules.PAGER, ...rules.PAGER_RULES.values()),
    kind: "pager",
    joins: alone,
    build: (read) => ({ kind: "pager", value: pagerFrom((row) => number(read, rules.PAGER_RULES.get(row))) }),
  },
  {
    rows: rows(rules.REE_TIME, rules.TEE_TIME),
    kind: "time",
    joins: alone,
    build: (read) => ({ kind: "time", value: { ree: time(read, rules.REE_TIME), tee: time(read, rules.TEE_TIME) } }),
  },
  {
    rows: rows(rules.FAILURE),
    kind: "failure",
    joins: alone,
    build: (read) => ({ kind: "failure", value: failure(read(rules.FAILURE)) }),
  },
];

function alone(): boolean {
  return false;
}

function number(read: Read, rule: rules.Rule | undefined, group = 0): number {
  const text = rule === undefined ? undefined : read(rule)[group];
  return text === undefined ? 0 : (rules.readNumber(text) ?? 0);
}

function record(read: Read, name: string): PrintedRecord {
  const counters = zeroCounters();
  let percent: string | undefined;
  for (const field of STAT_FIELDS) {
    const rule = rules.STAT_RULES.get(field);
    if (field.width === 4) counters[field.name] = number(read, rule);
    else if (rule !== undefined) percent = read(rule)[0];
  }
  return percent === undefined ? { name, ...counters } : { name, ...counters, fragmentation: Number(percent) };
}

function ta(read: Read): PrintedTa {
  const uuid = parseUuid(read(rules.TA)[0] ?? "");
  return {
    uuid: uuid.ok ? uuid.value : "",
    panicked: number(read, rules.PANICKED),
    sessions: number(read, rules.SESSIONS),
    heap: record(read, ""),
  };
}

function time(read: Read, rule: rules.Rule): TeeTime {
  return { seconds: number(read, rule, 0), millis: number(read, rule, 1) };
}

function failure([call = "", code = "0", origin = "0"]: readonly string[]): CallFailure {
  return { call: `TEEC_${call}`, code: Number(code), origin: Number(origin) };
}
