import type { Layout } from "../abi/layout.ts";

/** Layouts of the statistics by their number on the wire: major release times 256, plus minor. */
const LAYOUT_CODES: Readonly<Record<Layout, number>> = { "4.0": 0x400, "4.1": 0x401, "4.6": 0x406 };

export function layoutCode(layout: Layout): number {
  return LAYOUT_CODES[layout];
}

/** The layout of a number, undefined if there is none. */
export function layoutOfCode(code: number): Layout | undefined {
  return (Object.keys(LAYOUT_CODES) as Layout[]).find((layout) => LAYOUT_CODES[layout] === code);
}
