// Five captures in every disguise give the figures of the plain text. Where a form cannot be read, that is said: never another figure.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createContentReader, type TextContent } from "../src/recording/text_content.ts";
import { sizesOf } from "../src/xtest/ta_dump.ts";
import { DISGUISES, type Disguise, LOSSY_DISGUISES } from "./support/disguises.ts";

const FOLDER = new URL("fixtures/text/", import.meta.url);
const FILES = ["torn-leaks.txt", "loop.txt", "ta.txt", "abort.txt", "core-oom.txt", "ta-poll.out"];

function read(bytes: Uint8Array): TextContent {
  const reader = createContentReader("x");
  reader.push(bytes);
  return reader.end();
}

/** All figures of a text; line numbers and times are those of the disguise. */
function figuresOf({ counters, leaks, console }: TextContent): readonly string[] {
  return [
    ...counters.samples.map(({ heap, stats }) => `${heap} ${JSON.stringify(stats)}`),
    ...leaks.lists.flatMap(({ from, complete, sites, unplaced, damaged, lost }) => [
      `list ${from} ${complete} ${unplaced.bytes} ${damaged} ${lost}`,
      ...sites.map(({ site, blocks, bytes, unsized }) => `${site} ${blocks} ${bytes} ${unsized}`),
    ]),
    ...console.facts.map(({ kind, groups }) => `${kind} ${groups.join(" ")}`),
    ...console.dumps.map((dump) => `${dump.uuid} ${JSON.stringify(sizesOf(dump))} ${dump.callStack.length}`),
    ...console.stacks.map(({ addresses }) => addresses.join(" ")),
  ];
}

/** Counters that no report of the whole text has. */
function wrongSamples({ counters: found }: TextContent, { counters: whole }: TextContent): readonly unknown[] {
  return found.samples.filter(
    ({ stats }) =>
      // A pool of zeros whose size is lost is not told from one that is not in the build.
      Object.values(stats).some((value) => value > 0) &&
      !whole.samples.some(({ stats: right }) =>
        Object.entries(stats).every(
          ([name, value]) => value === undefined || value === right[name as keyof typeof right],
        ),
      ),
  );
}

/** Call sites, or sizes there, that no list of the whole text has, in lists that are not said to be damaged. Lines may be missing. */
function wrongLists({ leaks: found }: TextContent, { leaks: whole }: TextContent): readonly unknown[] {
  const right = new Map(whole.lists.flatMap(({ sites }) => sites.map(({ site, bytes }) => [site, bytes])));
  return found.lists
    .filter(({ damaged, lost }) => damaged + lost === 0)
    .flatMap(({ sites }) => sites.filter(({ site, bytes }) => bytes > (right.get(site) ?? 0)));
}

const unpacked = ({ name, apply }: Disguise, text: string): Uint8Array =>
  name === "gzip" ? gunzipSync(apply(text)) : apply(text);

describe.each(FILES)("%s", (file) => {
  const plain = readFileSync(new URL(file, FOLDER), "latin1");
  const wanted = figuresOf(read(Buffer.from(plain, "latin1")));

  it("has figures", () => expect(wanted.length).toBeGreaterThan(0));

  it.each(LOSSY_DISGUISES)("$name: no other figures", ({ apply }) => {
    const found = read(apply(plain));
    const whole = read(Buffer.from(plain, "latin1"));
    expect(wrongSamples(found, whole)).toEqual([]);
    expect(wrongLists(found, whole)).toEqual([]);
  });

  it.each(DISGUISES.filter(({ apart }) => apart !== true || !file.startsWith("torn")))("$name", (disguise) => {
    expect(figuresOf(read(unpacked(disguise, plain)))).toEqual(wanted);
  });
});
