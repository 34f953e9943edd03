// Replies of teemem's object in a TA (device/teemem_ta.h): a head, heap events, live blocks; one behind the other in a file.
import { decodeUuid } from "../abi/uuid.ts";
import { err, ok, type Result } from "../base/result.ts";
import { beginsWith } from "../text/latin1.ts";

/** One event, with the names of `struct teemem_ta_event`. Addresses count from the reply's base; 0 is NULL. */
export interface TaEvent {
  /** A letter of TEEMEM_TA_OPS. */
  readonly op: string;
  /** What stands above the letter: of a realloc an eighth of the old block's bytes, else a letter, or 0. */
  readonly detail: number;
  readonly size: number;
  readonly result: number;
  readonly given: number;
  readonly caller: number;
  readonly block: number;
}

/** A block that is live after the last event. */
interface TaBlock {
  readonly address: number;
  readonly bytes: number;
}

/** What a reply says of its TA. */
export interface TaHead {
  readonly uuid: string;
  /** Address of the first byte of .text, from which other addresses count. */
  readonly base: number;
  /** Milliseconds of the system's clock: when the instance got its first pool. */
  readonly born: number;
  /** Number of the first event, from 0 for the instance's first. */
  readonly first: number;
  /** Events before it for which the ring had no room. */
  readonly lost: number;
  /** Bytes of .text; 0 if unknown. */
  readonly textBytes: number;
  readonly pool: number;
  readonly poolBytes: number;
  /** Nobody listened for a while before the first event. */
  readonly wasOff: boolean;
  /** Blocks have red zones around what the TA asked for. */
  readonly zoned: boolean;
  /** Bytes of a pointer. */
  readonly word: number;
  /** Bytes of the leak header before each payload; 0 without. */
  readonly leakBytes: number;
}

export interface TaReply extends TaHead {
  readonly events: readonly TaEvent[];
  /** Where events are missing before it; else empty. */
  readonly blocks: readonly TaBlock[];
}

/** Of a realloc, what one of `detail` stands for: bytes of the old block. */
export const MOVED_UNIT = 8;

const MAGIC = "teemTA1\0";
export const TA_HEAD_BYTES = 88;
const TA_EVENT_BYTES = 24;
const BLOCK_BYTES = 8;
const OPS = "PMCRAFW<>!";
const WAS_OFF = 1;
const ZONED = 2;

/** True if the bytes begin as a reply does. */
export function isTaReply(bytes: Uint8Array): boolean {
  return beginsWith(bytes, MAGIC);
}

/** Reads all replies. `cut` if the last one is not complete: it is left out. An error says where the bytes are none. */
export function readTaReplies(bytes: Uint8Array): Result<{ replies: readonly TaReply[]; cut: boolean }> {
  const replies: TaReply[] = [];
  for (let at = 0; at < bytes.length; ) {
    const rest = bytes.subarray(at);
    const read = readReply(rest);
    if (typeof read === "string") return err(`byte ${at}: ${read}`);
    if (read === null) return ok({ replies, cut: true });
    replies.push(read.reply);
    at += read.length;
  }
  return ok({ replies, cut: false });
}

/** The reply at the start; null if it is cut off; a sentence if it is none. */
function readReply(bytes: Uint8Array): { reply: TaReply; length: number } | string | null {
  if (!isTaReply(bytes.subarray(0, MAGIC.length))) {
    const cut = bytes.length < MAGIC.length && [...bytes].every((byte, n) => byte === MAGIC.charCodeAt(n));
    return cut ? null : "expected a reply of teemem's object in a TA";
  }
  if (bytes.length < TA_HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [headBytes, eventBytes, events, blocks] = [8, 12, 16, 20].map((at) => view.getUint32(at, true)) as Four;
  if (headBytes < TA_HEAD_BYTES || eventBytes < TA_EVENT_BYTES || headBytes > 4096 || eventBytes > 4096)
    return `a head of ${headBytes} bytes and events of ${eventBytes}: another version, or damaged`;
  const length = headBytes + events * eventBytes + blocks * BLOCK_BYTES;
  if (length > bytes.length) return null;
  const head = readTaHead(bytes);
  if (typeof head === "string") return head;
  const all: TaEvent[] = [];
  for (let n = 0; n < events; n++) {
    const words = Array.from({ length: 6 }, (_, i) => view.getUint32(headBytes + n * eventBytes + 4 * i, true));
    const event = taEvent(words);
    if (event === null) return `event ${n} has an unknown operation`;
    all.push(event);
  }
  const table = headBytes + events * eventBytes;
  const live = Array.from({ length: blocks }, (_, n) => ({
    address: view.getUint32(table + n * BLOCK_BYTES, true),
    bytes: view.getUint32(table + n * BLOCK_BYTES + 4, true),
  }));
  return { reply: { ...head, events: all, blocks: live }, length };
}

type Four = [number, number, number, number];

/** The head at the start of so many bytes, or what is wrong with it. */
export function readTaHead(bytes: Uint8Array): TaHead | string {
  if (bytes.length < TA_HEAD_BYTES || !isTaReply(bytes)) return "expected a head of teemem's object in a TA";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [base, born] = [Number(view.getBigUint64(40, true)), Number(view.getBigUint64(48, true))] as const;
  const [first, lost, textBytes, pool, poolBytes] = [64, 68, 72, 76, 80].map((at) => view.getUint32(at, true)) as Five;
  if (base > 2 ** 51 || born > 2 ** 43) return "an address or a time that cannot be";
  const flags = view.getUint16(84, true);
  return {
    uuid: decodeUuid(bytes.subarray(24, 40)),
    base,
    born,
    first,
    lost,
    textBytes,
    pool,
    poolBytes,
    wasOff: (flags & WAS_OFF) !== 0,
    zoned: (flags & ZONED) !== 0,
    word: bytes[86] === 4 ? 4 : 8,
    leakBytes: bytes[87] ?? 0,
  };
}

type Five = [number, number, number, number, number];

/** An event of its six words; null if they are none. */
export function taEvent(words: readonly number[]): TaEvent | null {
  const [what = 0, size = 0, result = 0, given = 0, caller = 0, block = 0] = words;
  const op = String.fromCharCode(what & 255);
  return OPS.includes(op) ? { op, detail: what >>> 8, size, result, given, caller, block } : null;
}
