// Reads a line of the library of `teemem device preload`. Its checksum must be right: nothing is taken from a damaged line.
import { decodeAllocReply, decodeRecord } from "../abi/alloc_reply.ts";
import { TEE } from "../abi/errors.ts";
import type { AllocRecord } from "../abi/record.ts";
import { decodeTaReply } from "../abi/ta_reply.ts";
import { parseUuid } from "../abi/uuid.ts";
import type { Release } from "../release/release.ts";
import { RELEASES } from "../release/releases.ts";
import { crc32, crcHex } from "../replay/crc32.ts";
import type { ClientCall, ExactMoment } from "./moment.ts";

/** What stands at the beginning of each line. */
export const MOMENT_MARK = "@teemem ";

/** What a line says. */
interface MomentLine {
  readonly process: number;
  /** Counts up from 0 in a process, without gaps. */
  readonly number: number;
  /** A process begins: the release of its OP-TEE, as the pools show it; undefined where they were not told. */
  readonly begins?: { readonly release: Release | undefined };
  readonly moment?: ExactMoment;
  /** Why the statistics TA could not be asked; 0 where it could. */
  readonly refused: number;
}

const CALLS: ReadonlySet<string> = new Set(["open", "invoke", "close"]);
/** Version of the lines. */
const VERSION = 1;

/** What a line says; null if it is none of the library's, `damaged` if it is one that was torn or changed. */
export function readMomentLine(line: string): MomentLine | "damaged" | null {
  const at = line.lastIndexOf(MOMENT_MARK);
  if (at < 0) return null;
  const whole = line.slice(at).trimEnd();
  const body = whole.slice(0, -10);
  if (whole.slice(-10) !== ` #${crcHex(crc32(body))}`) return "damaged";
  const [, what = "", process = "", thread = "", count = "", ...words] = body.split(" ");
  const fields = new Map(words.map((word) => split(word)));
  const head = { process: number(process), number: number(count), refused: hexNumber(fields.get("none")) ?? 0 };
  const time = number(fields.get("time"));
  if ([head.process, head.number, time].some(Number.isNaN)) return "damaged";
  if (what === "begin") {
    if (number(fields.get("version")) !== VERSION) return "damaged";
    const pools = decodeAllocReply(bytes(fields.get("pools")) ?? new Uint8Array());
    return { ...head, begins: { release: pools.ok ? pools.value.release : undefined } };
  }
  const call = what === "before" ? null : callOf(what, fields);
  if (call === undefined) return "damaged";
  return { ...head, moment: { thread: `${process}.${thread}`, time, call, ...counters(fields) } };
}

type Fields = ReadonlyMap<string, string>;

function callOf(what: string, fields: Fields): ClientCall | undefined {
  const uuid = parseUuid(fields.get("uuid") ?? "");
  const [session = Number.NaN, command = Number.NaN, origin = Number.NaN, from = Number.NaN, to = Number.NaN] = [
    "session",
    "command",
    "origin",
    "from",
    "to",
  ].map((name) => number(fields.get(name)));
  const code = hexNumber(fields.get("result"));
  if (!CALLS.has(what) || !uuid.ok || code === undefined || Number.isNaN(session + command + origin + from + to))
    return undefined;
  const name = what === "invoke" ? `invoke ${command}` : what;
  return { uuid: uuid.value, name, session, from, to, code, origin };
}

function counters(fields: Fields): Pick<ExactMoment, "pools" | "tas" | "base"> {
  const heap = record(fields.get("heap"));
  const pools = [heap, record(fields.get("ram"))].filter((pool) => pool !== undefined);
  const base = record(fields.get("base"));
  // The answer is older than the reset that came with it.
  const reset = base !== undefined && fields.get("reset") === "1";
  return { pools, tas: tas(fields), base: reset ? { ...base, maxAllocated: 0 } : base };
}

function tas(fields: Fields): ExactMoment["tas"] {
  const reply = fields.get("tas");
  if (reply === "busy") return reply;
  if (hexNumber(reply?.replace(/^!/, "")) === TEE.ITEM_NOT_FOUND) return [];
  const data = bytes(reply);
  // The record of one pool beside it shows how large the records are.
  const size = (fields.get("heap") ?? "").length / 2;
  const release = RELEASES.find(({ recordSize }) => recordSize === size);
  if (data === undefined || release === undefined) return undefined;
  const decoded = decodeTaReply(data, release);
  return decoded.ok ? decoded.value : undefined;
}

function record(hex: string | undefined): AllocRecord | undefined {
  const data = bytes(hex);
  const decoded = data === undefined ? undefined : decodeRecord(data);
  return decoded?.ok === true ? decoded.value : undefined;
}

function split(word: string): [name: string, value: string] {
  const at = word.indexOf("=");
  return [word.slice(0, Math.max(0, at)), word.slice(at + 1)];
}

/** A whole number, NaN for anything else. */
function number(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function hexNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9a-f]{8}$/.test(text) ? Number.parseInt(text, 16) : undefined;
}

function bytes(hex: string | undefined): Uint8Array | undefined {
  if (hex === undefined || hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) return undefined;
  return Uint8Array.from({ length: hex.length / 2 }, (_, n) => Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16));
}
