// Reads a dump that was printed as text: by hexdump, xxd, od, gdb, U-Boot's md, OP-TEE's DHEXDUMP and what prints like them.
import { byteLines } from "./byte_lines.ts";
import { type DumpLine, dumpLine } from "./dump_line.ts";
import type { Section } from "./section.ts";
import { sectionsOf } from "./sections.ts";
import { type GroupOrder, textFormOf } from "./text_form.ts";

export interface TextDump {
  readonly sections: readonly Section[];
  /** Whether the lines have addresses. Those of a printed file begin at 0. */
  readonly addressed: boolean;
  /** Whether the text does not tell the order of bytes in its groups; then `order` is a guess. */
  readonly order: GroupOrder;
  readonly lines: number;
  /** What was left out, or does not agree, in words. */
  readonly doubts: readonly string[];
}

/** Lines that tell the form, of so many that are looked at. */
const ENOUGH = 2048;
const MOST_LOOKED_AT = 2 ** 18;

/** The memory that a text shows; null if it shows none. `order` decides where the text does not. */
export function readTextDump(text: Uint8Array, order: "memory" | "board" = "memory"): TextDump | null {
  const some: DumpLine[] = [];
  let looked = 0;
  for (const line of byteLines(text)) {
    const found = dumpLine(line);
    if (found !== null) some.push(found);
    if (line.length > 1) looked++;
    if (some.length === ENOUGH || looked === MOST_LOOKED_AT) break;
  }
  const form = textFormOf(some, looked);
  if (form === null) return null;
  const { sections, lines, doubts } = sectionsOf(byteLines(text), form, form.order === "unknown" ? order : form.order);
  return { sections, addressed: form.radix !== null, order: form.order, lines, doubts };
}
