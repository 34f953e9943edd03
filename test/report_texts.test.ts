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

test("a file that is named twice is read once", async () => {
  const { out } = await runHere("report", "--json", "--log", LOG);
  expect((await runHere("report", "--json", "--log", LOG, LOG)).out).toBe(out);
});

test("standard input is read once", async () => {
  const { outcome } = await runHereWith(Buffer.from("x"), "report", "--log", "-", "--stats", "-");
  expect(outcome).toEqual({ ok: false, error: "standard input can be read only once" });
});
