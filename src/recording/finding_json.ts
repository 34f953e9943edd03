// Reads a finding from the text that a recording keeps.
import { FINDING_KINDS, type Finding, type FindingKind } from "../tee/monitor/finding.ts";

const OBJECTS = ["heap", "stack", "global", "parameter", "null", "unknown"] as const;

/** A finding, and during which call it was. */
export interface FindingInCall {
  /** The name of the TA; empty if unknown. */
  readonly ta: string;
  /** 0 where there is none. */
  readonly session: number;
  /** `invoke 3`, `open` …; empty outside of an entry. */
  readonly entry: string;
  readonly finding: Finding;
}

/** A finding of this kind and with this stack; null where the JSON is anything else than `writeFinding` writes. */
export function parseFinding(kind: string, stack: string, json: string): FindingInCall | null {
  const value = objectOf(json);
  if (value === null || !isKind(kind)) return null;
  const { ta, session, entry, access, object, detail } = value;
  if (!isText(ta) || !isNumber(session) || !isText(entry) || !isText(detail)) return null;
  if (!isAccess(access) || !isObject(object)) return null;
  const parts = { ...(access === undefined ? {} : { access }), ...(object === undefined ? {} : { object }) };
  return { ta, session, entry, finding: { kind, stack, ...parts, detail } };
}

type Fields = Readonly<Record<string, unknown>>;

function objectOf(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

function isKind(kind: string): kind is FindingKind {
  return Object.hasOwn(FINDING_KINDS, kind);
}

function isAccess(value: unknown): value is Finding["access"] {
  if (value === undefined) return true;
  return isFields(value) && typeof value.write === "boolean" && isNumber(value.bytes) && isNumber(value.address);
}

function isObject(value: unknown): value is Finding["object"] {
  if (value === undefined) return true;
  if (!isFields(value) || !OBJECTS.some((kind) => kind === value.kind)) return false;
  const { name, size, offset, allocated = "", freed = "" } = value;
  return [name, allocated, freed].every(isText) && [size, offset].every(isNumber);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
