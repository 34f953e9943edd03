// Tells text from memory by its bytes.
import { createDecoder } from "../../text/encoding.ts";

/** Bytes that tell. */
const HEAD = 65536;
/** Of so many characters one may be a control character: a console sends some. */
const RARE = 50;
const [TAB, CR, ESCAPE, DELETE] = [9, 13, 27, 127];

/** The text that some bytes are, as UTF-8 whatever its encoding; null if they are no text. */
export function textOf(bytes: Uint8Array): Uint8Array | null {
  if (!isText(decoded(bytes.subarray(0, HEAD)))) return null;
  return decoded(bytes);
}

function decoded(bytes: Uint8Array): Uint8Array {
  const decoder = createDecoder();
  const text = decoder.push(bytes);
  const rest = decoder.end();
  // Text of one byte a character has no zeros.
  if (decoder.zeros > 0) return bytes;
  return text.length === 0 ? rest : text;
}

function isText(bytes: Uint8Array): boolean {
  const isControl = (byte: number): boolean => (byte < 0x20 && !(byte >= TAB && byte <= CR)) || byte === DELETE;
  const controls = bytes.filter((byte) => isControl(byte) && byte !== ESCAPE).length;
  return bytes.length > 0 && !bytes.includes(0) && controls * RARE <= bytes.length;
}
