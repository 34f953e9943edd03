// Tells what a dump is - an ELF core file, plain bytes, or a text that shows bytes - and cuts it into pieces with an address each.
import type { Gap } from "../../analyze/dump/gap.ts";
import { readTextDump, type TextDump } from "../../analyze/dump/text/text_dump.ts";
import { isElf, readElf } from "../../base/elf.ts";
import { counted, grouped } from "../../base/format.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { packedAs } from "../../text/content.ts";
import { textOf } from "../inputs/text_content.ts";
import { readerOf } from "./inspect_advice.ts";

/** A part of a dump that lies in one piece. */
export interface DumpPiece {
  /** Address of its first byte; undefined if unknown. */
  readonly base: number | undefined;
  readonly bytes: Uint8Array;
  /** Bytes that it lacks. */
  readonly gaps: readonly Gap[];
  /** The same bytes with the groups of the text in the other order, where the text does not tell it. */
  readonly turned?: Uint8Array;
}

interface Pieces {
  readonly pieces: readonly DumpPiece[];
  /** What is to be known about them, in sentences. */
  readonly notes: readonly string[];
}

const LARGEST_ADDRESS = 2 ** 52;
const MOST_NOTES = 5;

/** `base`: what was said of the first byte's address. */
export function piecesOf(bytes: Uint8Array, base: number | undefined): Result<Pieces> {
  if (isElf(bytes)) return coreOf(bytes, base);
  const packed = packedAs(bytes);
  if (packed !== undefined)
    return err(`packed with ${packed.name}; unpack it first: ${packed.unpack} FILE | teemem inspect -`);
  const text = textOf(bytes);
  if (text === null) return ok({ pieces: [{ base, bytes, gaps: [] }], notes: [] });
  const dump = readTextDump(text);
  if (dump === null)
    return err(
      `this is text, not memory; ${readerOf(text) ?? "give the bytes themselves, or what a tool printed of them (hexdump -C, xxd, od, gdb x/, md)"}`,
    );
  return ok(shownBy(text, dump, base));
}

function shownBy(text: Uint8Array, dump: TextDump, base: number | undefined): Pieces {
  const turned = dump.order === "unknown" ? readTextDump(text, "board") : null;
  const pieces = dump.sections.map((section, n): DumpPiece => {
    // Lines about a file count its bytes; that is no address.
    const shown = !dump.addressed || section.base === 0 ? undefined : section.base;
    const other = turned?.sections[n]?.bytes;
    const at = dump.sections.length === 1 && base !== undefined ? base : shown;
    return { base: at, bytes: section.bytes, gaps: section.gaps, ...(other === undefined ? {} : { turned: other }) };
  });
  const size = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0);
  const gaps = dump.sections.flatMap((section) =>
    section.gaps.map(({ at, length }) => ({ at: section.base + at, length })),
  );
  const notes = [
    `read as a printed dump: ${counted(dump.lines, "line")}, ${grouped(size)} bytes${pieces.length > 1 ? ` in ${pieces.length} parts` : ""}`,
    ...(dump.addressed ? [] : ["its lines have no addresses, so a missing line would not show"]),
    ...gaps.map(
      ({ at, length }) => `${counted(length, "byte")} at 0x${at.toString(16)} ${length === 1 ? "is" : "are"} missing`,
    ),
    ...dump.doubts,
  ];
  const more = notes.length - MOST_NOTES - 1;
  return { pieces, notes: more > 1 ? [...notes.slice(0, -more), `${more} more lines are missing or doubtful`] : notes };
}

function coreOf(bytes: Uint8Array, base: number | undefined): Result<Pieces> {
  const elf = readElf(bytes);
  if (!elf.ok) return elf;
  if (base !== undefined) return err("an ELF file contains its addresses; leave out --base");
  if (!elf.value.core) return err("this is a program, not a memory dump; pass programs with --elf");
  // OP-TEE's memory is not among what lies higher, as Linux's own addresses do.
  const low = elf.value.segments.filter(({ address: from, bytes: part }) => from + part.length <= LARGEST_ADDRESS);
  if (low.length === 0)
    return err(
      elf.value.segments.length === 0
        ? "the ELF file contains no memory"
        : "the ELF file contains no memory below the address 2^52",
    );
  return ok({
    pieces: low.map(({ address: from, bytes: part }) => ({ base: from, bytes: part, gaps: [] })),
    notes: [],
  });
}
