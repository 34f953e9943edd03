// Tests of shell_word.ts.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "./shell_word.ts";

test.each([
  ["run.arrows", "run.arrows"],
  ["data/optee-4.0.0/core.trace.gz", "data/optee-4.0.0/core.trace.gz"],
  ["my run.arrows", "'my run.arrows'"],
  ["it's", "'it'\\''s'"],
  ["", "''"],
])("%j is written %s", (word, written) => expect(shellWord(word)).toBe(written));

test("a shell gives the word back", () => {
  for (const word of ["a b", "$HOME", "`id`", "a;b", "it's 'so'", "*", "\\", "ü", "a\nb"]) {
    expect(execFileSync("sh", ["-c", `printf %s ${shellWord(word)}`], { encoding: "utf8" })).toBe(word);
  }
});
