// Reads the messages of a stream that lies in `RangeBytes`.
import { RecordingDamage } from "../buffers.ts";
import { isBodyOf, sumOfHead } from "../check_sums.ts";
import { columnsProblem, hasMessageAfter, type MessageAt, messageAt } from "../message_at.ts";
import type { Head } from "../message_head.ts";
import type { RangeBytes } from "./range_bytes.ts";

/** A message, with the bytes that its parts point into. */
export interface StreamMessage {
  readonly head: Head;
  readonly bytes: Uint8Array;
  /** Offset of the body in these bytes. */
  readonly body: number;
  /** Offset of the message in the stream, and the one behind it. */
  readonly at: number;
  readonly next: number;
  /** Checksum of the head, which has that of the body in it. */
  readonly sum: number;
}

/** Bytes that are read at once. */
const WINDOW = 2 ** 22;
/** No batch and no list of texts is as large. */
const LARGEST = 2 ** 28;

/** The message at an offset, which has about so many bytes. Throws `RecordingDamage` where there is none. */
export async function readMessage(
  bytes: RangeBytes,
  at: number,
  length: number,
  signal?: AbortSignal,
): Promise<StreamMessage> {
  const found = await messageIn(bytes, at, Math.max(16, length), { at: 0, bytes: new Uint8Array() }, signal);
  if (typeof found.message === "string") throw damage(at, "it is not there any more");
  return found.message;
}

/**
 * Gives the messages from an offset on, in order. Returns whether the stream has its end mark, and where what was read ends.
 * Throws `RecordingDamage`.
 */
export async function* readMessages(
  bytes: RangeBytes,
  from: number,
  signal?: AbortSignal,
): AsyncGenerator<StreamMessage, { readonly ended: boolean; readonly at: number }, undefined> {
  let window: Window = { at: from, bytes: new Uint8Array() };
  for (let at = from; ; ) {
    signal?.throwIfAborted();
    const found = await messageIn(bytes, at, WINDOW, window, signal);
    window = found.window;
    const { message } = found;
    if (typeof message === "string") {
      const rest = window.bytes.subarray(at - window.at);
      const more = message === "end" ? bytes.size > at + 8 : hasMessageAfter(rest, 0);
      if (more) throw damage(at, "too many bytes follow");
      return { ended: message === "end", at };
    }
    yield message;
    at = message.next;
  }
}

interface Window {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** The message at an offset, out of a window that is read anew where it does not reach. */
async function messageIn(
  bytes: RangeBytes,
  at: number,
  size: number,
  given: Window,
  signal: AbortSignal | undefined,
): Promise<{ readonly window: Window; readonly message: StreamMessage | "end" | "cut" }> {
  let window = given;
  for (let length = size; ; length *= 2) {
    const inside = at >= window.at && at < window.at + window.bytes.length;
    const message = inside ? messageAt(window.bytes, at - window.at) : "cut";
    if (message === "bad") throw damage(at, "the checksum of its head is wrong");
    if (message === "end") return { window, message };
    if (message !== "cut") return { window, message: checked(message, window, at) };
    const wholeRest = inside && window.at + window.bytes.length >= bytes.size;
    if (wholeRest || at >= bytes.size || length > LARGEST) return { window, message };
    window = { at, bytes: await read(bytes, at, Math.min(length, bytes.size - at), signal) };
    if (window.bytes.length === 0) return { window, message };
  }
}

function checked(message: MessageAt, window: Window, at: number): StreamMessage {
  const { head, check, body, next } = message;
  if (typeof head === "string") throw damage(at, head);
  if (!isBodyOf(check, window.bytes.subarray(body, next))) throw damage(at, "the checksum of its bytes is wrong");
  const problem = head.kind === "schema" ? null : columnsProblem(head);
  if (problem !== null) throw damage(at, problem);
  return { head, bytes: window.bytes, body, at, next: window.at + next, sum: sumOfHead(check) };
}

/** Some of the bytes, as a plain array. */
async function read(bytes: RangeBytes, at: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
  const found = await bytes.read(at, length, signal);
  // Node's Buffer is one whose slices are no copies.
  return new Uint8Array(found.buffer, found.byteOffset, found.byteLength);
}

function damage(at: number, what: string): RecordingDamage {
  return new RecordingDamage(what, { at });
}
