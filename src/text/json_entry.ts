// Finds the text in an entry of a log in JSON: Docker's, journald's, and what others write.
import { toUtf8 } from "./latin1.ts";

/** Where such entries have the text. */
const MESSAGES = ["log", "MESSAGE", "message", "msg", "line", "text", "original"];
const TIMES = ["time", "timestamp", "@timestamp", "ts", "dt", "date"];
/** journald: microseconds since 1970. */
const MICROSECONDS = "__REALTIME_TIMESTAMP";
const DEEPEST = 4;

/** What stands in an entry: its time, if it has one, and its text. */
interface JsonEntry {
  readonly time: string;
  /** One character a byte. */
  readonly text: string;
}

/** The entry that a line is, or ends with; undefined for another line. `line` has one character a byte. */
export function jsonEntry(line: string): (JsonEntry & { readonly before: string }) | undefined {
  const from = line.indexOf("{");
  const to = line.lastIndexOf("}") + 1;
  if (from < 0 || to <= from || !/^[\s,\]]*$/.test(line.slice(to))) return undefined;
  const entry = parsed(line.slice(from, to));
  const text = textIn(entry, DEEPEST);
  if (text === undefined) return undefined;
  return { before: line.slice(0, from), time: timeOf(entry as Entry), text };
}

type Entry = Readonly<Record<string, unknown>>;

function textIn(value: unknown, depth: number): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth === 0) return undefined;
  const entry = value as Entry;
  const own = MESSAGES.map((name) => textOf(entry[name])).find((text) => text !== undefined);
  if (own !== undefined) return own;
  for (const part of Object.values(entry)) {
    const text = textIn(part, depth - 1);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A text, or bytes: journald writes those of texts that have controls. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return bytesOf(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const isByte = (one: unknown): one is number => typeof one === "number" && one >= 0 && one < 256;
  return value.every(isByte) ? value.map((byte) => String.fromCharCode(byte)).join("") : undefined;
}

/** Escapes of JSON may name characters beyond a byte. */
function bytesOf(text: string): string {
  return text.replace(/[\u0100-\uffff]+/g, toUtf8);
}

function timeOf(entry: Entry): string {
  const micros = entry[MICROSECONDS];
  if (typeof micros === "string" && /^\d{7,16}$/.test(micros)) return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  const time = TIMES.map((name) => entry[name]).find((value) => typeof value === "string" || typeof value === "number");
  return time === undefined ? "" : String(time);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
