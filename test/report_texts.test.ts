// `teemem report` takes the options of `teemem doctor` for texts.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runHere, runHereWith } from "./run_here.ts";

const pathOf = (name: string): string => fileURLToPath(new URL(`fixtures/text/${name}`, import.meta.url));
const [LOG, STATS] = ["torn-leaks.txt", "loop.txt"].map(pathOf) as [string, string];

test("--log and --stats are files like the others", async () => {
  const plain = await runHere("report", "--json", LOG, STATS);
  expect(plain.outcome).toEqual({ ok: true, value: 0 });
  expect((await runHere("report", "--json", "--log", LOG, "--stats", STATS)).out).toBe(plain.out);
  expect((await runHere("report", "--json", LOG, "--stats", STATS)).out).toBe(plain.out);
});

test.each(["report", "size"])("%s takes a log that has no counters beside a file that has them", async (command) => {
  const [log, counters] = ["test/fixtures/transcripts/in/panic.txt", "test/fixtures/series/realoom.txt"];
  const alone = JSON.parse((await runHere(command, "--json", counters)).out);
  for (const files of [
    [log, counters],
    [counters, log],
  ]) {
    const both = await runHere(command, "--json", ...files);
    expect(both.outcome).toEqual({ ok: true, value: 0 });
    expect(JSON.parse(both.out).counters).toEqual(alone.counters);
    expect(JSON.parse(both.out).counters).not.toEqual([]);
  }
  const neither = await runHere(command, log, "test/fixtures/transcripts/in/oom.txt");
  expect(neither.outcome).toEqual({
    ok: false,
    error: `no counters and no leak lists in ${log} and test/fixtures/transcripts/in/oom.txt; 'teemem doctor ${log} test/fixtures/transcripts/in/oom.txt' says what they report`,
  });
});

test("the evidence of the doctor is whole, and names its file where there are several", async () => {
  const [log, other] = ["test/fixtures/transcripts/in/panic.txt", "test/fixtures/series/realoom.txt"];
  const told = async (...files: string[]): Promise<string> =>
    (await runHere("doctor", "--all", ...files)).out.replaceAll(/\s+/g, " ");
  expect(await told(log, other)).toContain(`because ${log} line`);
  expect(await told(log)).toMatch(/because line \d/);
  const line = `E/TA:  assertion '${"x".repeat(150)}' failed at lib/libutils/isoc/bget_malloc.c:596 in assert_header()`;
  const { out } = await runHereWith(Buffer.from(`${line}\n`), "doctor", "-");
  expect(out.replaceAll(/\s+/g, " ")).toContain(line.replaceAll(/\s+/g, " "));
});

test("a file that is named twice is read once", async () => {
  const { out } = await runHere("report", "--json", "--log", LOG);
  expect((await runHere("report", "--json", "--log", LOG, LOG)).out).toBe(out);
});

test("standard input is read once", async () => {
  const { outcome } = await runHereWith(Buffer.from("x"), "report", "--log", "-", "--stats", "-");
  expect(outcome).toEqual({ ok: false, error: "standard input can be read only once" });
});
