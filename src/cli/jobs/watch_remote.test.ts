// Tests of watch on a daemon.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { runHere as run } from "../../../test/run_here.ts";
import { startDaemon } from "../../daemon/server.ts";
import { leaky } from "../../tee/apps/leaky.ts";
import { createClient } from "../../tee/kernel/client.ts";
import { listeners } from "../../tee/monitor/tap.ts";
import type { Watched } from "../../tee/monitor/watched.ts";

type Told = Pick<Watched, "records" | "ended">;

/** A daemon with the leaky TA on a socket of its own. */
async function serve() {
  const { core } = bootTest("", undefined, [leaky]);
  const folder = mkdtempSync(join(tmpdir(), "teemem-watch-"));
  const path = join(folder, "tee.sock");
  const daemon = await startDaemon(core, path);
  if (!daemon.ok) throw new Error(daemon.error);
  const end = async (): Promise<void> => {
    await daemon.value.end();
    rmSync(folder, { recursive: true });
  };
  return { core, path, daemon: daemon.value, end };
}

it("watch sees the same in a daemon", async () => {
  const { core, path, end } = await serve();
  try {
    const words = ["--json", "--", "leaky", "3"];
    const there = JSON.parse((await run("watch", "--on", path, ...words)).out) as Told;
    const here = JSON.parse((await run("watch", ...words)).out) as Told;
    const figures = ({ records }: Told): unknown => records.map(({ from: _from, to: _to, ...rest }) => rest);
    expect(figures(there)).toEqual(figures(here));
    const ends = ({ ended }: Told): unknown =>
      ended.map(({ last: { stats, name }, holders }) => ({ stats, name, holders }));
    expect(ends(there)).toEqual(ends(here));
    expect(listeners(core)).toBe(0);
    expect(core.heap.listener).toBeNull();
  } finally {
    await end();
  }
  expect((await run("watch", "--on", path, "--", "leaky")).outcome.ok).toBe(false);
});

it("watch says at once that it knows no application of a name, and waits; of a known one it says nothing", async () => {
  const { core, path, daemon, end } = await serve();
  try {
    const watches = ["leeky", "nosuch", "AES", "leaky"].map((ta) =>
      run("watch", "--on", path, "--ta", ta, "--until", "exit"),
    );
    const client = createClient(core);
    let known = "?";
    void watches.at(-1)?.then(({ err }) => {
      known = err;
    });
    // Until it is there and has seen one come and go.
    while (known === "?") {
      const { session } = await client.open(leaky.uuid);
      await client.close(session);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(known).toBe("");
    while (daemon.clients < watches.length - 1) await new Promise((resolve) => setTimeout(resolve, 5));
    await daemon.end();
    const said = (await Promise.all(watches)).map(({ err }) => err.split("\n")[0]);
    expect(said[0]).toBe("teemem: no TA 'leeky' so far; waiting for one; did you mean leaky?");
    expect(said[1]).toBe("teemem: no TA 'nosuch' so far; waiting for one");
    expect(said[2]).not.toContain("so far");
  } finally {
    await end();
  }
});
