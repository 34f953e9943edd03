// Says in sentences what is particular about a heap of a dump: its addresses, its leak headers, a block on its way.
import type { DumpLeakLayout, DumpReport } from "../../analyze/dump/dump_report.ts";
import { counted } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";

const WAY = {
  allocation: "was being allocated",
  release: "was being released",
  operation: "was being allocated or released",
} as const;

/** What was asked for. */
export interface DumpPageOptions {
  readonly everyBlock: boolean;
  /** Programs that were given for the names of call sites, and how far they were said to be moved. */
  readonly programs: readonly string[];
  readonly shift: number | undefined;
}

/** One sentence for each particular. */
export function drawDumpNotes(report: DumpReport, { programs, shift }: DumpPageOptions): Printable[] {
  const { base, baseFrom, contradicted, inFlight, leakHeaders, leakLayouts } = report;
  const notes: Printable[] = [];
  if (contradicted !== null)
    notes.push(
      shown`The dump does not begin at ${addressText(contradicted)}, as given: the ${baseFrom === "pool table" ? "pool table" : "free list"} says ${addressText(base)}, which counts here`,
    );
  if (leakLayouts.length > 1) {
    const parts = leakLayouts.map((layout) => shown`${counted(layout.blocks, "block")} ${layoutName(layout)}`);
    notes.push(shown`Leak headers of two layouts: ${own(parts[0] ?? "")}, ${own(parts[1] ?? "")}`);
  }
  if (leakHeaders && programs.length > 0) notes.push(drawSlide(report, programs, shift));
  if (inFlight !== null)
    notes.push(shown`One block ${WAY[inFlight.step]} when the dump was taken: ${addressText(base + inFlight.at)}`);
  return notes;
}

function drawSlide({ slide }: DumpReport, programs: readonly string[], shift: number | undefined): Printable {
  if (slide === null)
    return shown`The leak headers do not lead to file names of ${printable(programs.join(" or "))}, and do not tell how far it was moved; the call sites are addresses`;
  const { program, shift: found } = slide;
  if (shift !== undefined && shift !== found)
    return shown`--shift ${addressText(shift)} leads to no file names; ${printable(program)} was moved by ${addressText(found)}, as the leak headers say`;
  return shown`Call sites: ${printable(program)}, moved by ${addressText(found)}${shift === undefined ? own(", as the leak headers say") : ""}`;
}

/** The releases that have a layout of leak headers. */
export function layoutName({ since, before }: DumpLeakLayout): Printable {
  return before === null ? shown`as since OP-TEE ${printable(since)}` : shown`as before OP-TEE ${printable(before)}`;
}

/** An address as a number in hexadecimal. */
export function addressText(address: number): Printable {
  return address < 0 ? shown`-0x${printable((-address).toString(16))}` : shown`0x${printable(address.toString(16))}`;
}
