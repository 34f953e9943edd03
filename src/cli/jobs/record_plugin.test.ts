// Tests of record_plugin.ts: from a file, live from a FIFO and from a socket.
import { spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runHere } from "../../../test/run_here.ts";
import { importRecording } from "../../recording/import_recording.ts";

const EVENTS = [
  "# teemem heap events 1",
  "# sizes requests",
  "core\t1\t5\tP\t10000\t4096\t0\t0\t0\tinit\ta.c:1",
  "core\t1\t6\tR\t0\t16\t0\t10fd0\t32\tinit\ta.c:1",
  "core\t1\t7\tM\t0\t100\t0\t10f50\t160\tf\ta.c:2",
  "# end 3",
  "",
].join("\n");

let folder = "";
let output = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-plugin-"));
  output = join(folder, "run.arrows");
});
afterEach(() => rmSync(folder, { recursive: true }));

async function recorded() {
  const read = await importRecording(readFileSync(output), "run.arrows");
  if (!read.ok) throw new Error(read.error);
  return read.value.traces.map(({ context, length }) => [context, length]);
}

it("records a file, and says where it has no end", async () => {
  const file = join(folder, "heap.events");
  writeFileSync(file, EVENTS);
  const whole = await runHere("record", "--from", file, "-o", output);
  expect(whole.outcome).toEqual({ ok: true, value: 0 });
  expect(whole.err).toMatch(/: 3 rows, [\d,]+ bytes\n$/);
  expect(await recorded()).toEqual([["core", 3]]);
  writeFileSync(file, EVENTS.slice(0, -20));
  const cut = await runHere("record", "--from", file, "-o", output, "--force");
  expect(cut.err).toContain("has no end: QEMU still runs, or was killed\n");
  expect(await recorded()).toEqual([["core", 2]]);
});

it("records from a FIFO as it comes", async () => {
  const fifo = join(folder, "fifo");
  spawnSync("mkfifo", [fifo]);
  const run = runHere("record", "--from", fifo, "-o", output);
  createWriteStream(fifo).end(EVENTS);
  expect((await run).outcome).toEqual({ ok: true, value: 0 });
  expect(await recorded()).toEqual([["core", 3]]);
});

it("listens on a socket, and takes it away", async () => {
  const path = join(folder, "socket");
  const run = runHere("record", "--from", `unix:${path}`, "-o", output);
  for (let n = 0; n < 500 && !existsSync(path); n++) await new Promise((resolve) => setTimeout(resolve, 10));
  connect(path).end(EVENTS);
  expect((await run).outcome).toEqual({ ok: true, value: 0 });
  expect(await recorded()).toEqual([["core", 3]]);
  expect(existsSync(path)).toBe(false);
});

it("leaves nothing where nothing was understood", async () => {
  const fifo = join(folder, "fifo");
  spawnSync("mkfifo", [fifo]);
  const run = runHere("record", "--from", fifo, "-o", output);
  createWriteStream(fifo).end("hello\n");
  expect((await run).outcome).toEqual({
    ok: false,
    error: `${fifo}: line 1: not the output of teemem's QEMU plugin`,
  });
  expect(existsSync(output)).toBe(false);
});
