// Offsets in a module through a tool that knows source maps: each instruction is a line of its own.
import { countLeading } from "../../base/bisect.ts";
import { instructionOffsets } from "../../wasm/rewrite/instructions.ts";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A source map of a module in which the line of each instruction is its offset. */
export function writeOffsetMap(bytes: Uint8Array): string {
  let last = 0;
  const mappings: string[] = [];
  for (const offset of instructionOffsets(bytes)) {
    const step = vlq(offset - last);
    mappings.push(`${step}A${step}A`);
    last = offset;
  }
  return JSON.stringify({ version: 3, sources: ["code"], names: [], mappings: mappings.join(",") });
}

/** From an offset in a module to the line of the instruction there, by the map of the module. */
export function readOffsetMap(text: string): (offset: number) => number {
  const { mappings } = JSON.parse(text) as { mappings: string };
  const now: number[] = [];
  const old: number[] = [];
  let column = 0;
  let line = 0;
  for (const segment of mappings.split(",")) {
    const [step = 0, , lines = 0] = unpack(segment);
    column += step;
    line += lines;
    now.push(column);
    old.push(line);
  }
  return (offset) => old[countLeading(now.length, (n) => (now[n] as number) <= offset) - 1] ?? 0;
}

function vlq(value: number): string {
  let rest = value < 0 ? -value * 2 + 1 : value * 2;
  let text = "";
  do {
    const digit = rest % 32;
    rest = Math.floor(rest / 32);
    text += DIGITS[rest > 0 ? digit + 32 : digit];
  } while (rest > 0);
  return text;
}

function unpack(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const letter of segment) {
    const digit = DIGITS.indexOf(letter);
    value += (digit % 32) * scale;
    scale *= 32;
    if (digit >= 32) continue;
    numbers.push(value % 2 === 0 ? value / 2 : -(value - 1) / 2);
    value = 0;
    scale = 1;
  }
  return numbers;
}
