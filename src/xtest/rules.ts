// One rule for each kind of line of `xtest --stats` and of the older `tee-stats`: its label, and what follows.
import { type CounterField, STAT_FIELDS } from "../abi/fields.ts";
import { PAGER_FIELDS, type PagerField } from "../abi/pager.ts";
import { parseUuid } from "../abi/uuid.ts";
import type { CounterName } from "../malloc/counters.ts";
import { poolBegun, poolNamed } from "../release/releases.ts";
import { SELF_TEST_BYTES } from "../release/self_test.ts";
import { readNumber, trimmed } from "./printed_number.ts";

/** What stands behind a label. */
export type Value = readonly (number | string)[];

/** A kind of line. */
export interface Rule {
  /** Finds the label, whatever stands before it; blanks may be doubled or lost. */
  readonly label: RegExp;
  /** Reads what follows, up to the next label; `undefined` where that is damaged. */
  readonly read: (text: string) => Value | undefined;
  /** For messages. */
  readonly expected: string;
  /** The label alone proves nothing: what does not fit is somebody else's. */
  readonly weak?: true;
}

/** Stands behind what a tool cut: no figure ends with it. */
export const CLIPPED = "...";

const LONGEST_NAME = 32;
const LONGEST_UUID = 64;

export const POOL: Rule = { label: /pool\s*:/gi, read: poolName, expected: '"Pool: <name>"', weak: true };
export const TA: Rule = { label: /ta\s*\(/gi, read: taName, expected: '"ta(<uuid>)"', weak: true };
export const PANICKED: Rule = {
  label: /panicked\s*\(/gi,
  read: inParentheses,
  expected: '"panicked(<0 or 1>) -- True if TA has panicked"',
};
export const SESSIONS: Rule = {
  label: /session\s*number\s*\(/gi,
  read: inParentheses,
  expected: '"session number(<number>)"',
};
export const HEAP_STATUS: Rule = { label: /heap\s*status\s*:/gi, read: () => [], expected: '"Heap Status:"' };
export const PAGER: Rule = {
  label: /pager\s*statistics\s*\(number\s*of\)\s*:/gi,
  read: () => [],
  expected: '"Pager statistics (Number of):"',
};
export const REE_TIME: Rule = { label: /ree\s*time\s*:/gi, read: time, expected: timeShown("REE time:") };
export const TEE_TIME: Rule = { label: /tee\s*time\s*:/gi, read: time, expected: timeShown("TEE time:") };
export const FAILURE: Rule = {
  label: /xtest\s*:\s*(?=TEEC_)/gi,
  read: failure,
  expected: '"xtest: TEEC_<call>: res <hex> err_orig <hex>"',
};
/** A pool in one line, as `tee-stats` printed it. Its label is nothing: the name is the first word. */
export const OLD_POOL: Rule = {
  label: /(?=(?:ta)?heap\s*:\s*heap_size\b)/gi,
  read: (text) => poolName(text.replace(":", "")),
  expected: '"HEAP: heap_size <number>"',
};

export const FRAGMENTATION: Rule = {
  label: /fragmentation\s*[:=|]/gi,
  read: percent,
  expected: '"Fragmentation: <percent> %"',
  weak: true,
};

/** The rule of each counter. */
export const LABELLED_RULES: Readonly<Record<CounterName, Rule>> = {
  allocated: numberRule(/bytes\s*allocated(?:\s*[:=|,;]|\s?\.{2,80}|\s+(?=[-\d]))/gi, labelOf("allocated")),
  maxAllocated: numberRule(/max\s*bytes\s*allocated(?:\s*[:=|,;]|\s?\.{2,80}|\s+(?=[-\d]))/gi, labelOf("maxAllocated")),
  size: numberRule(/size\s*of\s*pool(?:\s*[:=|,;]|\s?\.{2,80}|\s+(?=[-\d]))/gi, labelOf("size")),
  failures: numberRule(
    /number\s*of\s*failed\s*allocations(?:\s*[:=|,;]|\s?\.{2,80}|\s+(?=[-\d]))/gi,
    labelOf("failures"),
  ),
  biggestFailure: {
    ...numberRule(
      /size\s*of\s*largest?s?\s*allocation\s*failure(?:\s*[:=|,;]|\s?\.{2,80}|\s+(?=[-\d]))/gi,
      labelOf("biggestFailure"),
    ),
    read: largest,
  },
  biggestFailureUsed: numberRule(
    /total\s*bytes\s*allocated\s*at\s*that\s*failure(?:\s*[:=|,;]|\s?\.{2,80}|\s+(?=[-\d]))/gi,
    labelOf("biggestFailureUsed"),
  ),
};

/** The same in the line of `tee-stats`. */
export const OLD_COUNTER_RULES: Readonly<Record<CounterName, Rule>> = {
  size: oldRule(/heap_size\b/gi, "heap_size"),
  allocated: oldRule(/cur_alloc\b/gi, "cur_alloc"),
  maxAllocated: oldRule(/max_alloc\b/gi, "max_alloc"),
  failures: oldRule(/fail\b/gi, "fail"),
  biggestFailure: oldRule(/biggest_fail_size\b/gi, "biggest_fail_size"),
  biggestFailureUsed: oldRule(/biggest_fail_used\b/gi, "biggest_fail_used"),
};

/** The rule of each value of the pager. */
export const PAGER_RULES: Readonly<Record<PagerField["name"], Rule>> = {
  unlockedPages: pagerRule(/unlocked\s*pages\s*[:=|]/gi, "unlockedPages"),
  poolPages: pagerRule(/page\s*pool\s*size\s*[:=|]/gi, "poolPages"),
  readOnlyFaults: pagerRule(/r\/o\s*faults\s*[:=|]/gi, "readOnlyFaults"),
  readWriteFaults: pagerRule(/r\/w\s*faults\s*[:=|]/gi, "readWriteFaults"),
  hiddenFaults: pagerRule(/hidden\s*faults\s*[:=|]/gi, "hiddenFaults"),
  zeroPagesReleased: pagerRule(/zi\s*pages\s*released\s*[:=|]/gi, "zeroPagesReleased"),
};

/** All of them. */
export const RULES: readonly Rule[] = [
  POOL,
  ...Object.values(LABELLED_RULES),
  FRAGMENTATION,
  TA,
  PANICKED,
  SESSIONS,
  HEAP_STATUS,
  PAGER,
  ...Object.values(PAGER_RULES),
  REE_TIME,
  TEE_TIME,
  FAILURE,
  OLD_POOL,
  ...Object.values(OLD_COUNTER_RULES),
];

function labelOf(name: CounterName): string {
  return STAT_FIELDS.find((field): field is CounterField => field.name === name)?.label ?? name;
}

function pagerRule(label: RegExp, name: PagerField["name"]): Rule {
  return numberRule(label, PAGER_FIELDS.find((field) => field.name === name)?.label ?? name);
}

function numberRule(label: RegExp, shown: string): Rule {
  return { label, read: oneNumber, expected: `"${shown} <number>"` };
}

function oldRule(label: RegExp, shown: string): Rule {
  return { ...numberRule(label, shown), weak: true };
}

function oneNumber(text: string): Value | undefined {
  const value = readNumber(text);
  return value === undefined ? undefined : [value];
}

/** Without its last digits, the request of the self test that most boards have as their largest is none. */
function largest(text: string): Value | undefined {
  const value = Number(oneNumber(text)?.[0] ?? 0);
  const isPart = value > 9999 && value < SELF_TEST_BYTES && String(SELF_TEST_BYTES).startsWith(String(value));
  return isPart ? undefined : oneNumber(text);
}

function percent(text: string): Value | undefined {
  const words = trimmed(text);
  const value = words.endsWith("%") ? readNumber(words.slice(0, -1)) : undefined;
  return value === undefined || value > 100 ? undefined : [value];
}

/** Up to the parenthesis: what follows it is always the same, and may be cut. */
function inParentheses(text: string): Value | undefined {
  const end = text.indexOf(")");
  return end < 0 ? undefined : oneNumber(text.slice(0, end));
}

/** The name as OP-TEE prints it, if any release does. */
function poolName(text: string): Value | undefined {
  const name = trimmed(text);
  if (name.endsWith(CLIPPED)) {
    const pool = poolBegun(name.slice(0, -CLIPPED.length));
    return pool === undefined ? undefined : [pool.name];
  }
  return name.length < LONGEST_NAME ? [poolNamed(name)?.name ?? name] : undefined;
}

/** The UUID, or what stands in its place. */
function taName(text: string): Value | undefined {
  const words = trimmed(text);
  const name = words.slice(0, -1);
  if (!words.endsWith(")") || name.length > LONGEST_UUID || /[()]/.test(name)) return undefined;
  const uuid = parseUuid(name);
  return [uuid.ok ? uuid.value : name];
}

function time(text: string): Value | undefined {
  const [seconds = "", rest = "", ...more] = text.split(/seconds,/i);
  const [millis = "", end, ...others] = rest.split(/milliseconds/i);
  if (more.length + others.length > 0 || end === undefined || trimmed(end) !== "") return undefined;
  const values = [readNumber(seconds), readNumber(millis)];
  return values.every((value) => value !== undefined) ? values : undefined;
}

function timeShown(label: string): string {
  return `"${label} <number> seconds, <number> milliseconds"`;
}

function failure(text: string): Value | undefined {
  const match = /^(\w{1,64})\s*:\s*res\s*(0x[\da-f]{1,8}|0)\s+err_orig\s*(0x[\da-f]{1,8}|0)$/i.exec(trimmed(text));
  return match === null ? undefined : [match[1] ?? "", Number(match[2]), Number(match[3])];
}
