// What a finding says, in words: as valgrind says it, where valgrind does.
import { type CallFrame, readCallStack } from "../../base/call_stack.ts";
import { FINDING_KINDS, type Finding } from "../../tee/monitor/finding.ts";
import { withoutEntry } from "../site_frames.ts";
import type { FindingGroup } from "./finding_group.ts";

type FindingObject = NonNullable<Finding["object"]>;

/** What it is, in a line: `Invalid write of size 1`. */
export function findingTitle({ first: { finding }, times, bytes }: FindingGroup): string {
  const { kind, access, detail } = finding;
  const { title } = FINDING_KINDS[kind];
  if (kind === "leak" && bytes > 0) return `${sized(bytes)} in ${times === 1 ? "1 block" : `${times} blocks`} lost`;
  // A number without a sign wraps by the rules of C; that it becomes a size is the fault.
  if (kind === "undefined" && detail !== "")
    return `${/\bunsigned integer overflow\b/.test(detail) ? "Integer overflow" : title}: ${detail}`;
  if (access === undefined) return title;
  const what = kind.startsWith("invalid-") ? "" : access.write ? ": write" : ": read";
  return `${title}${what} of size ${access.bytes}`;
}

/** True where memory is wrong already, false where it may become so. */
export function isError({ kind }: Finding): boolean {
  return FINDING_KINDS[kind].severity === "error";
}

/** What it concerns, in a sentence without an end: `0 bytes after a block of 16 bytes`; empty where there is nothing to say. */
export function objectWords({ kind, access, object }: Finding): string {
  if (object === undefined) return access === undefined ? "" : `${addressOf(access)} is in no block`;
  const begin = access === undefined ? "It is" : `${addressOf(access)} is`;
  if (kind === "leak" || kind === "growth") return "";
  if (object.kind === "null") return `${begin} ${nullWords(object.offset)}`;
  if (object.kind === "unknown" && object.name === "" && object.size === 0) return `${begin} in no block`;
  const what = `${nameOf(object)} of ${sized(object.size)}`;
  if (access === undefined && object.offset === 0) return `${begin} ${what}`;
  return `${begin} ${whereIn(object, access?.bytes ?? 0)} ${what}`;
}

function addressOf({ address }: NonNullable<Finding["access"]>): string {
  return `Address 0x${address.toString(16)}`;
}

/** Before, inside, after, or from inside to after. */
function whereIn({ size, offset }: FindingObject, bytes: number): string {
  if (offset < 0) return `${sized(-offset)} before`;
  if (offset >= size) return `${sized(offset - size)} after`;
  const beyond = offset + bytes - size;
  return beyond > 0 ? `${sized(offset)} inside, and ends ${sized(beyond)} after,` : `${sized(offset)} inside`;
}

const NOUNS = {
  heap: "a block",
  stack: "the variable",
  global: "the global variable",
  parameter: "the parameter",
  null: "NULL",
  unknown: "memory",
} as const;

function nameOf({ kind, name, freed = "" }: FindingObject): string {
  const noun = kind === "heap" && freed !== "" ? "a freed block" : NOUNS[kind];
  return name === "" || kind === "heap" ? noun : `${noun} ${name}`;
}

/** What TEE_Malloc gives for 0 bytes: TEE_NULL_SIZED_VA. */
const NO_BYTES = 1;

function nullWords(offset: number): string {
  if (offset === 0) return "NULL";
  const other = offset === NO_BYTES ? ", which TEE_Malloc gives for 0 bytes" : "";
  return `NULL and ${sized(offset)}${other}`;
}

/** A stack under a heading, or a place alone. */
export interface FindingStack {
  /** `It was allocated`, `It was freed`, `It is declared`; empty for where it happened. */
  readonly heading: string;
  readonly frames: readonly CallFrame[];
}

const FREED = "It was freed";

/** Where it happened, then the stacks of what it concerns. */
export function findingStacks({ stack, object }: Finding): FindingStack[] {
  const made = object?.allocated ?? "";
  const variable = object?.kind === "stack" || object?.kind === "global";
  const all = [
    { heading: "", frames: readCallStack(stack) },
    { heading: FREED, frames: readCallStack(object?.freed ?? "") },
    { heading: variable ? "It is declared" : "It was allocated", frames: readCallStack(made === stack ? "" : made) },
  ];
  return all.filter(({ frames }) => frames.length > 0).map((one) => ({ ...one, frames: withoutEntry(one.frames) }));
}

/** The line to mend: `file:line`, and the function where known; of what has no place of its own, where its block was allocated. */
export function lineToMend(finding: Finding): CallFrame | null {
  for (const { heading, frames } of findingStacks(finding)) {
    const known = heading === FREED ? undefined : frames.find(({ place }) => place !== "");
    if (known !== undefined) return known;
  }
  return null;
}

/** All of it in one sentence, for reports with a line for each finding. */
export function findingSentence(group: FindingGroup): string {
  const { finding } = group.first;
  const about = objectWords(finding);
  const detail = finding.kind === "undefined" ? "" : finding.detail;
  const often = group.times > 1 && finding.kind !== "leak" ? ` (${group.times} times)` : "";
  return `${[findingTitle(group), about, detail].filter((part) => part !== "").join(". ")}${often}`;
}

function sized(bytes: number): string {
  return bytes === 1 ? "1 byte" : `${bytes} bytes`;
}
