// Leaks and damage of recordings as SARIF.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeFinding } from "../src/recording/finding_rows.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";
import { runHere } from "./run_here.ts";
import { FINDINGS } from "./support/findings.ts";
import { misfits } from "./support/json_schema.ts";

const SCHEMA = JSON.parse(readFileSync("test/fixtures/sarif/used_parts.schema.json", "utf8"));
const DATA = "data/optee-4.0.0";

function folder(): (name: string) => string {
  const path = mkdtempSync(join(tmpdir(), "teemem-sarif-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return (name) => join(path, name);
}

/** What the log says, and where: `text at file:line`. */
async function results(...words: string[]): Promise<string[]> {
  const { outcome, out, err } = await runHere("export", "-f", "sarif", ...words);
  expect([outcome, err]).toEqual([{ ok: true, value: 0 }, ""]);
  const log = JSON.parse(out);
  expect(misfits(log, SCHEMA)).toEqual([]);
  expect(log.runs[0].tool.driver).toMatchObject({ name: "teemem", semanticVersion: expect.stringMatching(/^\d/) });
  return log.runs[0].results.map((result: { message: { text: string }; locations: readonly object[] }) => {
    const place = JSON.stringify(result.locations);
    const [, file, line] = /"uri":"([^"]*)"\},"region":\{"startLine":(\d+)/.exec(place) ?? [];
    return `${result.message.text} at ${file}:${line}`;
  });
}

test("what an instance that ended had not freed is a leak, as teemem leaks says it", async () => {
  const at = folder();
  await runHere("record", "-o", at("run.arrows"), "--", "leaky", "5");
  expect(await results(at("run.arrows"))).toEqual(["500 bytes in 5 blocks lost at ta/leaky/leaky.c:31"]);
  expect(await results("--heap", "core", at("run.arrows"))).toEqual([]);
});

test("of a heap trace, an instance that another followed has ended; of the last, and of the core, nothing is known", async () => {
  const stays = `${DATA}/ta-fd02c9da-306c-48c7-a49c-bbd827ae86ee.trace.gz`;
  expect(await results(stays)).toEqual([]);
  expect(await results(`${DATA}/core.trace.gz`)).toEqual([]);
  const many = await results(`${DATA}/ta-5b9e0e40-2636-11e1-ad9e-0002a5d5c51b.trace.gz`);
  expect(many).toEqual(["16 bytes in 1 block lost at lib/libdl/dlfcn.c:46"]);
});

test("what checkers noticed is there as with report --sarif, even without an operation", async () => {
  const at = folder();
  const chunks: Uint8Array[] = [];
  const writer = await createRecordingWriter({ origin: "sim", version: "4.0.0" }, (bytes) => void chunks.push(bytes));
  for (const finding of FINDINGS) writeFinding(finding, writer);
  writer.end();
  writeFileSync(at("run.arrows"), Buffer.concat(chunks));
  const found = await results(at("run.arrows"));
  await runHere("report", "--sarif", at("r.sarif"), at("run.arrows"));
  const reported = JSON.parse(readFileSync(at("r.sarif"), "utf8")).runs[0].results;
  expect(found).toHaveLength(reported.length);
  expect(found[0]).toBe(
    "Invalid write of size 1. Address 0x101d0 is 0 bytes after a block of 16 bytes at ta/heap.c:18",
  );
});
