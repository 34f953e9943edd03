// Loads the golden set and compares a run with it.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { startGolden } from "../../src/replay/golden_player.ts";
import { type GoldenTrace, parseGoldenTrace } from "../../src/replay/golden_trace.ts";
import { parseVariant, type Variant } from "../../src/replay/variant.ts";
import { NO_SHARED } from "../support/needs.ts";
import { shared } from "../support/shared.ts";

/** A row of the manifest. */
export interface GoldenEntry {
  readonly trace: string;
  readonly family: string;
  readonly file: string;
  readonly variants: readonly string[];
  /** Full outputs and images, `expected/TRACE.VARIANT.out[.gz]` and `images/TRACE.VARIANT.bin.gz`. */
  readonly full: readonly string[];
  readonly images: readonly string[];
}

const run = promisify(execFile);
const TEEMEM = fileURLToPath(new URL("../../dist/cli/teemem.js", import.meta.url));

const OWN = new URL("../../data/golden/", import.meta.url);

/** Where the golden set is: the whole one if it is asked for, else the part of it that comes with this project. */
export const ROOT = shared("golden/") ?? OWN;

/** The traces that are there. */
export function readManifest(root = ROOT): GoldenEntry[] {
  const rows = JSON.parse(readFileSync(new URL("manifest.json", root), "utf8")) as GoldenEntry[];
  return rows.filter(({ file }) => existsSync(new URL(file, root)));
}

/** Bytes of a file of the set, decompressed. */
export function readGolden(file: string, root = ROOT): Uint8Array {
  const bytes = readFileSync(new URL(file, root));
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

export function readTrace(entry: GoldenEntry): GoldenTrace {
  const trace = parseGoldenTrace(new TextDecoder().decode(readGolden(entry.file)));
  if (!trace.ok) throw new Error(`${entry.trace}: ${trace.error}`);
  return trace.value;
}

export function variant(name: string): Variant {
  const parsed = parseVariant(name);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

/** Lines of the summary file by `TRACE VARIANT`. */
function readSummaries(): Map<string, string> {
  const lines = new TextDecoder().decode(readGolden("summary.ndjson.gz")).trimEnd().split("\n");
  return new Map(
    lines.map((line) => {
      const row = JSON.parse(line) as { trace: string; variant: string };
      return [`${row.trace} ${row.variant}`, line];
    }),
  );
}

/**
 * Plays the traces of some families in all their variants through the built command, and compares the summaries. Built,
 * because the allocator is four times slower as vitest loads it, and in processes of their own, which use all processors.
 */
export function testFamilies(families: readonly string[]): void {
  const summaries = readSummaries();
  const entries = readManifest().filter(({ family }) => families.includes(family));
  if (entries.length === 0) test("the traces are not here", (context) => context.skip(NO_SHARED));
  for (const family of families) {
    const members = entries.filter((entry) => entry.family === family);
    if (members.length === 0) continue;
    describe(family, () => {
      test.concurrent.each([...new Set(members.flatMap(({ variants }) => variants))])("%s", async (name) => {
        const played = members.filter(({ variants }) => variants.includes(name));
        const files = played.map(({ file }) => fileURLToPath(new URL(file, ROOT)));
        const { stdout } = await run(process.execPath, [TEEMEM, "replay", "--summary", "--variant", name, ...files]);
        expect(stdout.trimEnd().split("\n")).toEqual(played.map(({ trace }) => summaries.get(`${trace} ${name}`)));
      });
    });
  }
}

/** All that a run prints, its summary line included, and the bytes that it leaves. */
export function playWhole(trace: GoldenTrace, name: string): { text: string; bytes: Uint8Array } {
  const parts: string[] = [];
  const run = startGolden(trace, variant(name), (text) => parts.push(text));
  while (run.advance(100)) parts.push("");
  const summary = run.finish();
  parts.push(`${JSON.stringify(summary)}\n`);
  return { text: parts.join(""), bytes: run.bytes };
}
