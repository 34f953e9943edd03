// Tells how a dump was printed from its lines: base of the addresses, bytes of a line, order of the bytes in a group.
import type { DumpLine } from "./dump_line.ts";

/** `memory`: as the bytes lie; `board`: as little-endian words; `unknown`: it can be either. */
export type GroupOrder = "memory" | "board" | "unknown";

export interface TextForm {
  /** Base of the addresses; null if the lines have none. */
  readonly radix: 16 | 10 | 8 | null;
  /** Bytes of most lines: what a line has beyond that are its characters. */
  readonly length: number;
  readonly order: GroupOrder;
}

const RADIXES = [16, 10, 8] as const;

/**
 * The form of the lines of a text; null if they are no dump: no two of them follow each other. Lines without addresses count
 * only if they are most of the lines that were looked at.
 */
export function textFormOf(lines: readonly DumpLine[], looked: number): TextForm | null {
  const addressed = lines.filter(({ address, width }) => address !== null && width > 0);
  const length = usual(addressed);
  const [first] = addressed;
  const fits = RADIXES.map((radix) => ({ radix, count: pairs(addressed, radix, length) }));
  const best = fits.reduce((a, b) => (b.count > a.count ? b : a));
  if (best.count > 0 || (addressed.length === 1 && lines.length === 1 && (first?.bytes.length ?? 0) >= 8))
    return { radix: best.radix, length, order: orderOf(addressed) };
  const bare = lines.filter(({ address }) => address === null);
  return bare.length < 2 || 2 * bare.length < looked ? null : { radix: null, length: usual(bare), order: "memory" };
}

/** The number that an address is, NaN if it has other digits. */
export function addressIn(digits: string, radix: 16 | 10 | 8): number {
  const wrong = radix === 10 ? /[a-f]/i : /[89a-f]/i;
  return radix !== 16 && wrong.test(digits) ? Number.NaN : Number.parseInt(digits, radix);
}

/** Lines that begin where the one before ends. */
function pairs(lines: readonly DumpLine[], radix: 16 | 10 | 8, length: number): number {
  let count = 0;
  let end = Number.NaN;
  for (const { address, bytes } of lines) {
    const at = addressIn(address ?? "", radix);
    if (at === end) count++;
    end = at + Math.min(bytes.length, length);
  }
  return count;
}

/** The most common number of bytes. */
function usual(lines: readonly DumpLine[]): number {
  const counts = new Map<number, number>();
  for (const { bytes } of lines) counts.set(bytes.length, (counts.get(bytes.length) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return most?.[0] ?? 0;
}

/** By the characters behind the groups, which have the order of the memory; without them by how the tools print. */
function orderOf(lines: readonly DumpLine[]): GroupOrder {
  const words = lines.filter(({ width }) => width > 1);
  const [first] = words;
  if (first === undefined) return "memory";
  if (first.prefixed || !first.colon) return "board";
  let [memory, board] = [0, 0];
  for (const { bytes, width, characters } of words) {
    for (let n = 0; n < bytes.length && n < characters.length; n++) {
      const within = n % width;
      if (shows(characters, n, bytes[n])) memory++;
      if (shows(characters, n, bytes[n - within + width - 1 - within])) board++;
    }
  }
  return memory === board ? "unknown" : memory > board ? "memory" : "board";
}

/** Whether a character stands for a byte: itself, or a full stop for what cannot be printed. */
function shows(characters: Uint8Array, at: number, byte: number | undefined): boolean {
  const code = characters[at];
  if (byte === undefined) return false;
  return byte >= 0x20 && byte < 0x7f ? code === byte : code === 0x2e;
}
