import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bootTest } from "../../test/embedded.ts";
import { runHere as run } from "../../test/run_here.ts";
import { startDaemon } from "../daemon/server.ts";
import { leaky } from "../tee/apps/leaky.ts";
import type { Watched } from "../tee/monitor/watched.ts";

type Told = Pick<Watched, "records" | "ended">;

it("watch sees the same in a daemon", async () => {
  const { core } = bootTest("", undefined, [leaky]);
  const folder = mkdtempSync(join(tmpdir(), "teemem-watch-"));
  const path = join(folder, "tee.sock");
  const daemon = await startDaemon(core, path);
  if (!daemon.ok) throw new Error(daemon.error);
  try {
    const words = ["--json", "--", "leaky", "3"];
    const there = JSON.parse((await run("watch", "--on", path, ...words)).out) as Told;
    const here = JSON.parse((await run("watch", ...words)).out) as Told;
    const figures = ({ records }: Told): unknown => records.map(({ from: _from, to: _to, ...rest }) => rest);
    expect(figures(there)).toEqual(figures(here));
    const ends = ({ ended }: Told): unknown =>
      ended.map(({ last: { stats, name }, holders }) => ({ stats, name, holders }));
    expect(ends(there)).toEqual(ends(here));
    expect(core.tap.sinks.size).toBe(0);
    expect(core.heap.listener).toBeNull();
  } finally {
    await daemon.value.end();
    rmSync(folder, { recursive: true });
  }
  expect((await run("watch", "--on", path, "--", "leaky")).outcome.ok).toBe(false);
});
