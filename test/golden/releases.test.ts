// Plays golden traces in later releases, and compares the summaries with what their C code did.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { playGolden } from "../../src/replay/golden_player.ts";
import { type GoldenTrace, parseGoldenTrace } from "../../src/replay/golden_trace.ts";
import { rowOf } from "../support/releases.ts";
import { readManifest, readTrace, variant } from "./golden_set.ts";

interface Row {
  readonly release: string;
  readonly trace: string;
  readonly variant: string;
  readonly panic: string | null;
}

const FOLDER = new URL("../fixtures/releases/", import.meta.url);
const ROWS = new TextDecoder()
  .decode(gunzipSync(readFileSync(new URL("expected.ndjson.gz", FOLDER))))
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Row);
const GOLDEN = new Map(readManifest().map((entry) => [entry.trace, entry]));
const traces = new Map<string, GoldenTrace>();

function traceOf(name: string): GoldenTrace {
  const entry = GOLDEN.get(name);
  const known = traces.get(name);
  if (known !== undefined) return known;
  const read = entry === undefined ? ownTrace(name) : readTrace(entry);
  traces.set(name, read);
  return read;
}

function ownTrace(name: string): GoldenTrace {
  const trace = parseGoldenTrace(readFileSync(new URL(`${name}.trace`, FOLDER), "utf8"));
  if (!trace.ok) throw new Error(`${name}: ${trace.error}`);
  return trace.value;
}

describe.each([...new Set(ROWS.map(({ release }) => release))])("OP-TEE %s", (version) => {
  const rows = ROWS.filter(({ release }) => release === version);

  test.each([...new Set(rows.map((row) => row.variant))])("%s", (name) => {
    for (const { release, trace, variant: label, ...expected } of rows) {
      if (label !== name) continue;
      const summary = playGolden(traceOf(trace), variant(name), () => {}, rowOf(release));
      expect({ trace, ...summary }).toMatchObject({ trace, ...expected });
    }
  });
});

test("the runs differ between all of the releases", () => {
  const of = (version: string): string =>
    JSON.stringify(ROWS.filter(({ release }) => release === version).map(({ release, ...row }) => row));
  const versions = [...new Set(ROWS.map(({ release }) => release))];
  expect(new Set(versions.map(of)).size).toBe(5);
});
