// Every captured text, in every disguise, gives the lines of the plain text: src/text/ with the grammar of OP-TEE's lines.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createTextReader } from "../src/text/text_reader.ts";
import { LINE_GRAMMAR } from "../src/xtest/line_grammar.ts";
import { DISGUISES } from "./support/disguises.ts";

const FOLDER = new URL("fixtures/text/", import.meta.url);
const FILES = ["torn-leaks.txt", "loop.txt", "ta.txt", "abort.txt", "core-oom.txt", "ta-poll.out"];

/** The lines that OP-TEE or xtest printed, with one blank for several. */
function linesOf(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  const reader = createTextReader(LINE_GRAMMAR, ({ text }) => lines.push(text.replaceAll(/\s+/g, " ")));
  reader.push(bytes);
  reader.end();
  return lines.filter((line) => LINE_GRAMMAR.anchorIn(line) === 0);
}

describe.each(FILES)("%s", (file) => {
  const plain = readFileSync(new URL(file, FOLDER), "latin1");
  const wanted = linesOf(Buffer.from(plain, "latin1"));

  it("has lines, and whole ones", () => {
    expect(wanted.length).toBeGreaterThan(7);
    expect(wanted.filter((line) => LINE_GRAMMAR.stateOf(line) === "open")).toEqual([]);
  });

  it.each(DISGUISES.filter(({ apart }) => apart !== true || !file.startsWith("torn")))("$name", ({ name, apply }) => {
    const bytes = apply(plain);
    expect(linesOf(name === "gzip" ? gunzipSync(bytes) : bytes)).toEqual(wanted);
  });
});
