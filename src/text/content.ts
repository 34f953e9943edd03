// Says what bytes look like that no reader understands.
import { encodingOf } from "./encoding.ts";
import { latin1 } from "./latin1.ts";

interface Kind {
  readonly magic: readonly number[];
  /** Offset of the magic. */
  readonly at?: number;
  readonly name: string;
  /** The program that unpacks it to standard output. */
  readonly unpack?: string;
}

const KINDS: readonly Kind[] = [
  { magic: [0x42, 0x5a, 0x68], name: "bzip2", unpack: "bzip2 -dc" },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], name: "xz", unpack: "xz -dc" },
  { magic: [0x50, 0x4b, 3, 4], name: "a zip archive", unpack: "unzip -p" },
  { magic: [0x50, 0x4b, 5, 6], name: "an empty zip archive" },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], name: "a 7-Zip archive", unpack: "7z x -so" },
  { magic: [0x04, 0x22, 0x4d, 0x18], name: "lz4", unpack: "lz4 -dc" },
  { magic: [0x4c, 0x5a, 0x49, 0x50], name: "lzip", unpack: "lzip -dc" },
  { magic: [0x5d, 0, 0], name: "lzma", unpack: "xz --format=lzma -dc" },
  { magic: [0x1f, 0x9d], name: "compress (.Z)", unpack: "gzip -dc" },
  { magic: [0x52, 0x61, 0x72, 0x21], name: "a RAR archive", unpack: "unrar p -inul" },
  { magic: codesOf("ustar"), at: 257, name: "a tar archive", unpack: "tar -xOf" },
  { magic: [0x7f, 0x45, 0x4c, 0x46], name: "an ELF file" },
  { magic: [0x89, 0x50, 0x4e, 0x47], name: "a PNG image" },
  { magic: [0xff, 0xd8, 0xff], name: "a JPEG image" },
  { magic: [0x47, 0x49, 0x46, 0x38], name: "a GIF image" },
  { magic: [0x25, 0x50, 0x44, 0x46], name: "a PDF document" },
  { magic: [0xd4, 0xc3, 0xb2, 0xa1], name: "a network capture" },
  { magic: [0x4d, 0x5a], name: "a Windows program" },
  { magic: codesOf("SQLite format 3"), name: "an SQLite database" },
];

/** What packs the data, if a program has to unpack it first. */
export function packedAs(head: Uint8Array): { readonly name: string; readonly unpack: string } | undefined {
  const kind = kindOf(head);
  return kind?.unpack === undefined ? undefined : { name: kind.name, unpack: kind.unpack };
}

/** What the first bytes of a file look like, in a few words: `an ELF file`, `text: "first line"`. */
export function looksLike(head: Uint8Array): string {
  const kind = kindOf(head);
  if (kind !== undefined) return kind.name;
  const encoding = encodingOf(head);
  const text =
    encoding === "UTF-8" ? latin1(head, 0, Math.min(head.length, 4096)) : new TextDecoder(encoding).decode(head);
  const odd = [...text].filter((one) => one < "\t" || (one > "\r" && one < " " && one !== "\u001b")).length;
  if (odd > text.length / 20) return "binary data";
  const line = text.split(/[\r\n]/).find((one) => one.trim() !== "") ?? "";
  return line === "" ? "blank lines" : `text that begins with ${JSON.stringify(line.trim().slice(0, 60))}`;
}

function kindOf(head: Uint8Array): Kind | undefined {
  return KINDS.find(({ magic, at = 0 }) => magic.every((byte, i) => head[at + i] === byte));
}

function codesOf(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
