// CRC-32 of bytes and of text.
import CRC32 from "crc-32";

/** Running CRC-32 (IEEE, as in zip) over bytes, or over the characters of ASCII text. Start with 0. */
export function crc32(data: Uint8Array | string, start = 0): number {
  return typeof data === "string" ? CRC32.bstr(data, start) : CRC32.buf(data, start);
}

/** A CRC as 8 hex digits. */
export function crcHex(crc: number): string {
  return (crc >>> 0).toString(16).padStart(8, "0");
}
