// Turns the bytes of a text into bytes of UTF-8: UTF-16 with and without a mark, marks of UTF-8, zero bytes between.

/** How a text is encoded, as far as its first bytes show. UTF-8 stands for all encodings of one byte, too. */
export type Encoding = "UTF-8" | "UTF-16LE" | "UTF-16BE";

/** Turns pieces of a text into UTF-8. */
interface Decoder {
  /** Undefined until the first bytes have come. */
  readonly encoding: Encoding | undefined;
  /** Zero bytes that were dropped. */
  readonly zeros: number;
  /** The next piece as UTF-8. It may be the piece itself. */
  push(piece: Uint8Array): Uint8Array;
  /** What is left at the end. */
  end(): Uint8Array;
}

/** Bytes that are looked at for zeros in every second place. */
const HEAD = 64;
const NOTHING = new Uint8Array();
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** A decoder for one text. A text of one byte a character passes as it is, but for a mark and zero bytes. */
export function createDecoder(): Decoder {
  let encoding: Encoding | undefined;
  let head = NOTHING;
  let wide: TextDecoder | undefined;
  let zeros = 0;
  const encoder = new TextEncoder();

  function decode(piece: Uint8Array): Uint8Array {
    if (wide !== undefined) return encoder.encode(wide.decode(piece, { stream: true }));
    if (piece.indexOf(0) < 0) return piece;
    const kept = piece.filter((byte) => byte !== 0);
    zeros += piece.length - kept.length;
    return kept;
  }
  function begin(bytes: Uint8Array): Uint8Array {
    encoding = encodingOf(bytes);
    if (encoding !== "UTF-8") {
      wide = new TextDecoder(encoding.toLowerCase());
      return decode(bytes);
    }
    return decode(UTF8_MARK.every((byte, i) => bytes[i] === byte) ? bytes.subarray(UTF8_MARK.length) : bytes);
  }
  return {
    get encoding() {
      return encoding;
    },
    get zeros() {
      return zeros;
    },
    push(piece) {
      if (encoding !== undefined) return decode(piece);
      if (head.length + piece.length < HEAD) {
        head = joined(head, piece);
        return NOTHING;
      }
      return begin(head.length === 0 ? piece : joined(head, piece));
    },
    end() {
      const rest = encoding === undefined ? begin(head) : NOTHING;
      const last = wide === undefined ? "" : wide.decode();
      return last === "" ? rest : joined(rest, encoder.encode(last));
    },
  };
}

/** Tells the encoding by the first bytes: by a mark, or as nearly all of every second are zero. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "UTF-16LE";
  if (head[0] === 0xfe && head[1] === 0xff) return "UTF-16BE";
  const length = Math.min(head.length, HEAD) & ~1;
  if (length < 4) return "UTF-8";
  const count = [0, 0];
  for (let i = 0; i < length; i++) if (head[i] === 0) count[i & 1] = (count[i & 1] as number) + 1;
  const [even = 0, odd = 0] = count.map((n) => n / (length / 2));
  if (odd > 0.8 && even < 0.2) return "UTF-16LE";
  return even > 0.8 && odd < 0.2 ? "UTF-16BE" : "UTF-8";
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
