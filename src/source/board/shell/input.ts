// Bytes as letters that a shell passes on unchanged.

/** The encodings that an agent may decode; it names its own in its first mark. */
export type InputEncoding = "base64" | "octal";

/** Bytes of input in one line: its length in base64 fits the 4095 letters that a terminal takes. */
const PER_LINE: Readonly<Record<InputEncoding, number>> = { base64: 2400, octal: 800 };

/** The words that an agent decodes, one for each line of input. */
export function encodedParts(data: Uint8Array, encoding: InputEncoding): string[] {
  const step = PER_LINE[encoding];
  const parts: string[] = [];
  for (let at = 0; at < data.length; at += step) parts.push(ENCODE[encoding](data.subarray(at, at + step)));
  return parts;
}

const ENCODE: Readonly<Record<InputEncoding, (data: Uint8Array) => string>> = {
  base64: (data) => Buffer.from(data).toString("base64"),
  octal: (data) => Array.from(data, (byte) => PLAIN[byte] ?? `\\${byte.toString(8).padStart(3, "0")}`).join(""),
};

/** Bytes that printf leaves as they are, wherever they stand. */
const PLAIN: Readonly<Record<number, string>> = Object.fromEntries(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:;/+-_="].map((letter) => [letter.charCodeAt(0), letter]),
);
