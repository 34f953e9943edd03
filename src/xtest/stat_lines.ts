// The lines of one record in a statistics text.
import { STAT_FIELDS } from "../abi/fields.ts";
import { fragmentationPercent } from "../abi/fragmentation.ts";
import type { PartialRecord, PartialTa } from "../abi/record.ts";
import { joined, type Printable, printable, printableLines, shown } from "../base/printable.ts";
import type { Release } from "../release/release.ts";

/**
 * A record as text shows it: without the counters that the text lacks, or where it is damaged. `free2Sum` does not travel
 * in text, only the percentage made of it.
 */
export interface PrintedRecord extends PartialRecord {
  /** Whole percent as printed by xtest 4.6 and later, unless the pool is full or keeps no figure. */
  readonly fragmentation?: number;
  /** The text ends within it. */
  readonly cut?: true;
}

/** A TA as text shows it. Its heap has no name there. */
export interface PrintedTa extends PartialTa {
  readonly heap: PrintedRecord;
}

const LABEL_WIDTH = 39;

/**
 * The lines of one record below its name, without those of counters that are not known. Counters are printed as signed 32
 * bit: 2^31 and more come out negative.
 * The fragmentation reaches the same column with tabs, and is printed by xtest 4.6 and later only.
 */
export function statLines(record: PrintedRecord, { xtest, recordSize }: Release, indent: string): Printable {
  const lines: Printable[] = [];
  for (const field of STAT_FIELDS) {
    if (field.offset[recordSize] === null) continue;
    if (field.width === 4) {
      const value = record[field.name];
      if (value !== undefined)
        lines.push(shown`${printableLines(indent)}${printable(field.label).padEnd(LABEL_WIDTH)}${value | 0}\n`);
      continue;
    }
    const percent = record.fragmentation ?? fragmentationPercent(record);
    if (xtest.fragmentation && percent !== undefined)
      lines.push(shown`${printableLines(indent)}${printable(field.label)}\t\t\t       ${percent} %\n`);
  }
  return joined(lines);
}
