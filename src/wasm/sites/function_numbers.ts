// Which function of a module an instruction is in (WebAssembly Core Specification, 5.5.13).
import { countLeading } from "../../base/bisect.ts";
import { type ModuleSection, SECTION } from "../format/sections.ts";
import { entriesOf, readImports } from "../format/types.ts";

/** Gives the number of the function at an offset in the file, imported ones counted before all others. */
export function readFunctionNumbers(bytes: Uint8Array, sections: readonly ModuleSection[]): (offset: number) => number {
  const imported = readImports(bytes, sections).length;
  const { cursor, count } = entriesOf(bytes, sections, SECTION.code);
  const starts = Array.from({ length: count }, () => {
    const start = cursor.at;
    cursor.at = cursor.uleb() + cursor.at;
    return start;
  });
  return (offset) => imported + countLeading(starts.length, (n) => (starts[n] as number) <= offset) - 1;
}
