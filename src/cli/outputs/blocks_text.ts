// The blocks of lines that a page is made of.
import { joined, type Printable, shown } from "../../base/printable.ts";

/** Blocks with an empty line between them. */
export function blocksText(blocks: readonly (readonly Printable[])[]): Printable {
  const texts = blocks.map((lines) => joined(lines, "\n"));
  return shown`${joined(texts, "\n\n")}\n`;
}
