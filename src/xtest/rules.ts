// One rule for each kind of line of `xtest --stats`: how it starts, and what follows.
import { STAT_FIELDS, type StatField } from "../abi/fields.ts";
import { PAGER_FIELDS, type PagerField } from "../abi/pager.ts";

/** A kind of line. */
export interface Rule {
  /** Every such line starts with it; nothing else xtest prints does. */
  readonly start: string;
  /** Matches what follows, without blanks at the end. */
  readonly rest: RegExp;
  /** For messages. */
  readonly expected: string;
  /** The start alone proves nothing: a line whose rest does not match is somebody else's. */
  readonly loose?: boolean;
}

function rule(start: string, rest: RegExp, shown: string, loose = false): Rule {
  return { start, rest, expected: `"${start}${shown}"`, loose };
}

export const POOL = rule("Pool:", /^\s*((?:\S.{0,31})?)$/, " <name>");
export const TA = rule(
  "ta(",
  /^([\da-fA-F]{8}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{4}-?[\da-fA-F]{12})\)$/,
  "<uuid>)",
  true,
);
export const PANICKED = rule(
  "panicked(",
  /^(-?\d{1,10})\) -- True if TA has panicked$/,
  "<0 or 1>) -- True if TA has panicked",
);
export const SESSIONS = rule("session number(", /^(-?\d{1,10})\)$/, "<number>)");
export const HEAP_STATUS = rule("Heap Status:", /^$/, "");
export const PAGER = rule("Pager statistics (Number of):", /^$/, "");
export const FAILURE = rule(
  "xtest: TEEC_",
  /^(\w+): res (0x[\da-f]{1,8}|0) err_orig (0x[\da-f]{1,8}|0)$/,
  "<call>: res <hex> err_orig <hex>",
);

const TIME = /^\s*(-?\d{1,10}) seconds, (-?\d{1,10}) milliseconds$/;
const TIME_SHOWN = " <number> seconds, <number> milliseconds";
export const REE_TIME = rule("REE time:", TIME, TIME_SHOWN);
export const TEE_TIME = rule("TEE time:", TIME, TIME_SHOWN);

/** The rule of each statistic. */
export const STAT_RULES: ReadonlyMap<StatField, Rule> = new Map(
  STAT_FIELDS.map((field) => [
    field,
    field.width === 8 ? rule(field.label, /^\s*(\d{1,3}) %$/, " <percent> %") : numberRule(field.label),
  ]),
);

/** The rule of each value of the pager. */
export const PAGER_RULES: ReadonlyMap<PagerField, Rule> = new Map(
  PAGER_FIELDS.map((field) => [field, numberRule(field.label)]),
);

function numberRule(label: string): Rule {
  return rule(label, /^\s*(-?\d{1,10})$/, " <number>");
}

/** All of them. */
export const RULES: readonly Rule[] = [
  POOL,
  ...STAT_RULES.values(),
  TA,
  PANICKED,
  SESSIONS,
  HEAP_STATUS,
  PAGER,
  ...PAGER_RULES.values(),
  REE_TIME,
  TEE_TIME,
  FAILURE,
];

/** The unsigned value of a printed 32-bit number; `undefined` outside −2^31 … 2^32 − 1. */
export function readNumber(text: string): number | undefined {
  const n = Number(text);
  return n >= -0x80000000 && n <= 0xffffffff ? n >>> 0 : undefined;
}
