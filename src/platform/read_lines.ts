// The lines of a platform's text files: a first one that says whose word the sizes are of, comments, rows.
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { WordSize } from "./platform.ts";

/** A line with something on it. */
export interface DataRow {
  /** Where it is, like `boot.txt:12`. */
  readonly at: string;
  readonly words: readonly string[];
}

/** The rows of a file behind `word 4` or `word 8`, which must be `word`: sizes of another word are another platform's. */
export function readRows(file: string, text: string, word: WordSize, whose: string): Result<readonly DataRow[]> {
  const rows: DataRow[] = [];
  for (const [n, line] of text.split(/\r?\n/).entries()) {
    const words = line.split(/[ \t]+/).filter((one) => one !== "");
    if (words.length > 0 && !words[0]?.startsWith("#")) rows.push({ at: `${file}:${n + 1}`, words });
  }
  const [first, ...rest] = rows;
  const declared = first?.words[0] === "word" && first.words.length === 2 ? first.words[1] : undefined;
  if (declared !== "4" && declared !== "8")
    return err(`${file}: say first 'word 4' or 'word 8': the word of its sizes`);
  if (Number(declared) !== word)
    return err(`${file}: its sizes are those of words of ${declared} bytes, but ${whose} has words of ${word}`);
  return ok(rest);
}

/** An error at a row. */
export function wrongRow({ at, words }: DataRow, why: string): { readonly ok: false; readonly error: string } {
  return err(`${at}: '${clip(words.join(" "))}': ${why}`);
}
