// Tests of stats.ts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runHere } from "../../../test/run_here.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-stats-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("--at before the first sample of a recording shows that nothing was recorded, and behind it the sample", async () => {
  const path = join(folder, "uptime.out");
  writeFileSync(path, `uptime 5.0\n${readFileSync("test/fixtures/xtest/4.0.0/05-stats-alloc.out", "utf8")}`);
  const stats = (at: string) => runHere("stats", "--on", `file:${path}`, "--at", at);
  const nothing = /\n\nPools: not recorded\.\n\nTrusted applications: not recorded\.\n$/;
  expect(await stats("4.9")).toMatchObject({ outcome: { ok: true, value: 0 }, out: expect.stringMatching(nothing) });
  expect((await stats("5")).out).toMatch(/^Heap +16,960 +17,744 +68,608$/m);
});

it("--at and --ended do not go together", async () => {
  const { outcome } = await runHere("stats", "--ended", "--at", "1");
  expect(outcome).toEqual({ ok: false, error: "--at and --ended exclude each other: leave out one of them" });
});
