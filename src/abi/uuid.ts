// struct TEE_UUID of OP-TEE 4.0.0 lib/libutee/include/tee_api_types.h.
import { assert } from "../base/assert.ts";
import { err, ok, type Result } from "../base/result.ts";

/** Bytes of a UUID in memory. */
export const UUID_BYTES = 16;

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Reads a UUID in any case, with its dashes (8-4-4-4-12), without the last one (as xtest prints it) or without any;
 * gives it in lower case with all dashes.
 */
export function parseUuid(text: string): Result<string> {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-?([0-9a-f]{12})$/i.exec(text);
  const parts = match ?? /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i.exec(text);
  if (parts === null) return err(`"${text}" is not a UUID; it looks like 8aaaf200-2450-11e4-abe2-0002a5d5c51b`);
  return ok(parts.slice(1).join("-").toLowerCase());
}

const NO_UUID = "a TA without its UUID";
const NOT_READABLE = " (the UUID is not readable)";

/** A UUID that a text should have, for people: says where it is not readable. */
export function uuidText(text: string): string {
  if (isTaName(text)) return text;
  return text === "" ? NO_UUID : `${text}${NOT_READABLE}`;
}

/** True for the name of a heap that is a TA's: a UUID, or what `uuidText` made of what is none. */
export function isTaName(text: string): boolean {
  return parseUuid(text).ok || text === NO_UUID || text.endsWith(NOT_READABLE);
}

/** Bytes in memory: the first three groups little endian, the other eight bytes in order. `uuid` is canonical. */
export function encodeUuid(uuid: string): Uint8Array {
  assert(CANONICAL.test(uuid), `a UUID in lower case with dashes, not "${uuid}"`);
  const bytes = Uint8Array.from(uuid.replaceAll("-", "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return swapGroups(bytes);
}

/** The UUID in 16 bytes of memory, lower case with dashes. */
export function decodeUuid(bytes: Uint8Array): string {
  assert(bytes.length === UUID_BYTES, `16 bytes of UUID, not ${bytes.length}`);
  const hex = Array.from(swapGroups(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function swapGroups(bytes: Uint8Array): Uint8Array {
  const swapped = Uint8Array.from(bytes);
  swapped.subarray(0, 4).reverse();
  swapped.subarray(4, 6).reverse();
  swapped.subarray(6, 8).reverse();
  return swapped;
}
