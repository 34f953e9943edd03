// Tests of leaks_live.ts.
import { expect, it } from "vitest";
import { runHere } from "../../../test/run_here.ts";

const CORE = "test/fixtures/inputs/core.trace";

it("leaks of a recording as a source is leaks of its file, also at marks and as JSON", async () => {
  for (const more of [[], ["--json"], ["--at", "test-1", "--at", "test-2"]]) {
    const file = await runHere("leaks", ...more, CORE);
    expect(file.outcome.ok && file.out).toContain("core");
    expect(await runHere("leaks", ...more, "--on", `file:${CORE}`)).toEqual(file);
  }
});

it("options that do not go with a recording as a source are wrong use", async () => {
  const error = "--split is for a console log: name the file without --on";
  expect((await runHere("leaks", "--split", "x", "--on", `file:${CORE}`)).outcome).toEqual({ ok: false, error });
  const { outcome } = await runHere("leaks", "--at", "nosuch", "--on", `file:${CORE}`);
  expect(outcome).toMatchObject({ ok: false, error: expect.stringMatching(/^file:.*core\.trace: no mark 'nosuch'/) });
});
