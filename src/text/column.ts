// Finds the column at which a tool cut the lines of a text, as `less -S`, `cut -c`, a screen copy or a printer do.
import { stampIn } from "./kernel_stamp.ts";
import type { Grammar } from "./line.ts";

/** Widths at which tools often cut. */
const COMMON: ReadonlySet<number> = new Set([40, 60, 64, 72, 76, 78, 79, 80, 90, 96, 99, 100, 110, 120, 128, 130, 132]);
const LEAST = 40;
const MOST = 255;
/** So many lines of one window are looked at. */
const ENOUGH = 512;
/** Messages of so many shapes do not end at one column by chance; of one less at a common width. */
const SHAPES = 4;
/** What a pager shows where a line goes on: `>` of less, `$` of nano, an ellipsis of journalctl in bytes of UTF-8. */
const MARK = /(?:[>$]|\u00e2\u0080\u00a6)$/;

/** Where lines were cut. */
export interface CutColumn {
  /** Characters that are left of a line, marks of the pager included. */
  readonly column: number;
  /** Characters of the mark at the end. */
  readonly mark: number;
}

/** How a message begins: lines of one table end at one column without being cut. */
function shapeOf(words: string): string {
  return words.replaceAll(/\d+/g, "#").trim().split(/\s+/, 3).join(" ");
}

/**
 * The widest of some lines, if it tells of an error and ends at a width at which tools often cut: of a few lines nobody knows whether
 * it is whole.
 */
export function perhapsCut<L extends Shown>(
  lines: readonly L[],
  count: number,
  { tellsError }: Pick<Grammar, "tellsError">,
  wordsOf: (line: L) => string,
): L | undefined {
  let widest: L | undefined;
  for (let i = 0; i < count; i++) if ((lines[i] as L).width > (widest?.width ?? 0)) widest = lines[i];
  if (widest === undefined || !COMMON.has(widest.width)) return undefined;
  return tellsError(wordsOf(widest).trim()) ? widest : undefined;
}

/** A line as a whole. */
interface Shown {
  /** Characters, blanks at its end included. */
  readonly width: number;
  readonly anchored: boolean;
}

/**
 * The column at which the first `count` lines were cut; undefined if they do not look so. They do if none is longer than several
 * that do not go on in the next line, and those end within a word or a number, or in messages of many shapes. `wordsOf` gives a line's
 * own words with the blanks behind them, `isRest` tells that a line may go on another.
 */
export function cutAt<L extends Shown>(
  lines: readonly L[],
  count: number,
  { endOf }: Pick<Grammar, "endOf">,
  wordsOf: (line: L) => string,
  isRest: (line: L) => boolean,
): CutColumn | undefined {
  let column = 0;
  for (let i = 0; i < count; i++) column = Math.max(column, lines[i]?.width ?? 0);
  if (column < LEAST || column > MOST) return undefined;
  const shapes = new Set<string>();
  const marks = new Set<string>();
  let [full, rests, torn, tornRests] = [0, 0, 0, 0];
  for (let i = 0; i < count && full < ENOUGH; i++) {
    const line = lines[i] as L;
    if (line.width !== column || !line.anchored) continue;
    const words = wordsOf(line);
    const end = endOf(words.replace(MARK, "").trim());
    // Where the kernel broke into a line, that is why it lacks its end.
    if (end === "sure" || stampIn(words) >= 0) continue;
    full++;
    marks.add(MARK.exec(words)?.[0] ?? "");
    const next = i + 1 < count ? lines[i + 1] : undefined;
    const goesOn = next !== undefined && isRest(next) && endOf(`${words}${wordsOf(next)}`.trim()) !== "torn";
    if (goesOn) rests++;
    if (end === "torn") torn++;
    if (end === "torn" && goesOn) tornRests++;
    if (end === "words") shapes.add(shapeOf(words));
  }
  const [mark = ""] = marks.size === 1 ? marks : [""];
  const many = shapes.size >= (COMMON.has(column) ? SHAPES - 1 : SHAPES);
  const cut = torn > 1 || (torn > 0 && full > 1) || many || (mark !== "" && full > 2);
  const goOn = torn > 0 ? 2 * tornRests >= torn : 2 * rests >= full;
  return cut && !goOn ? { column, mark: mark.length } : undefined;
}
