// Where the instructions of a module stand.
import { readModuleSections, SECTION } from "../format/sections.ts";
import { entriesOf } from "../format/types.ts";
import { behindInstruction, behindLeb, lebAt } from "./instruction.ts";

/** Offsets of all instructions, ascending. Nothing for what is no module. */
export function* instructionOffsets(bytes: Uint8Array): Generator<number> {
  const sections = readModuleSections(bytes);
  if (!sections.ok) return;
  const { cursor, count } = entriesOf(bytes, sections.value, SECTION.code);
  for (let n = 0; n < count; n++) {
    const to = cursor.uleb() + cursor.at;
    let at = behindLeb(bytes, cursor.at);
    for (let groups = lebAt(bytes, cursor.at); groups > 0 && at < to; groups--) at = behindLeb(bytes, at) + 1;
    for (; at < to; at = behindInstruction(bytes, at)) yield at;
    cursor.at = to;
  }
}
