// Heap traces as text: in bounded memory whatever their length, and read up to the cut where they were cut off.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runHere, runHereWith } from "./run_here.ts";

const DATA = new URL("../data/optee-4.0.0/", import.meta.url);
const TEEMEM = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
const text = gunzipSync(readFileSync(new URL("ta-cb3e5ba0-adf1-11e0-998b-0002a5d5c51b.trace.gz", DATA)));
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-trace-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What a command prints, without the files that it names in further commands, and in lines of any length. */
function withoutFiles(out: string): string {
  return out.replace(/`teemem size[^`]*`/g, "`teemem size`").replace(/\s+/g, " ");
}

describe("a trace is read the same from a file, packed, and from standard input", () => {
  test.each(["report", "leaks"])("%s", async (command) => {
    const file = await runHere(command, written("whole.trace", text));
    expect([file.err, file.outcome.ok]).toEqual(["", true]);
    const packed = await runHere(command, written("whole.trace.gz", gzipSync(text)));
    const piped = await runHereWith(text, command, "-");
    expect([packed, piped].map(({ out, ...rest }) => ({ ...rest, out: withoutFiles(out) }))).toEqual(
      [file, file].map(({ out, ...rest }) => ({ ...rest, out: withoutFiles(out) })),
    );
  });
});

describe("a trace that was cut off", () => {
  // In the middle of a line, behind its fifth column.
  const end = text.lastIndexOf("\t", Math.floor(text.length * 0.7));
  const lines = text.subarray(0, text.lastIndexOf(10, end) + 1);

  test.each(["report", "leaks", "export -f csv", "check budget"])(
    "%s reads it up to there, and says so",
    async (words) => {
      const args = words.replace("budget", written("budget.yaml", Buffer.from("heaps:\n  'ta-*':\n    peak: 1\n")));
      const run = (path: string) => runHere(...args.split(" "), path);
      const whole = await run(written("lines.trace", lines));
      const path = written("cut.trace", text.subarray(0, end));
      const cut = await run(path);
      expect(cut.err).toBe(`teemem: ${path} is truncated: its last line has no end\n`);
      expect([withoutFiles(cut.out), cut.outcome]).toEqual([withoutFiles(whole.out), whole.outcome]);
      expect(whole.err).toBe("");
    },
  );

  test("gzip data that ends too early gives the lines that could be unpacked", async () => {
    const packed = gzipSync(text);
    const path = written("cut.trace.gz", packed.subarray(0, packed.length >> 1));
    const { out, err, outcome } = await runHere("report", "--json", path);
    expect([err, outcome]).toEqual([
      `teemem: ${path} is truncated: its last line has no end\n`,
      { ok: true, value: 0 },
    ]);
    const { cut, heaps } = JSON.parse(out) as { cut: boolean; heaps: [{ operations: number }] };
    expect(cut).toBe(true);
    expect(heaps[0].operations).toBeGreaterThan(1000);
    expect(heaps[0].operations).toBeLessThan(3293);
  });

  test("as JSON it is marked, and a whole one is not", async () => {
    const cut = await runHereWith(text.subarray(0, end), "report", "--json", "-");
    const whole = await runHereWith(lines, "report", "--json", "-");
    const { cut: marked, ...rest } = JSON.parse(cut.out) as { cut: boolean };
    expect([marked, rest]).toEqual([true, JSON.parse(whole.out)]);
  });

  test("a damaged line in its middle is an error with its number", async () => {
    const damaged = Buffer.from(text);
    const at = damaged.indexOf("\tF\t", damaged.length >> 1);
    damaged[at + 1] = 88;
    const line = damaged.subarray(0, at).toString("latin1").split("\n").length;
    const { err, outcome } = await runHereWith(damaged, "report", "-");
    expect([err, outcome]).toEqual([
      "",
      {
        ok: false,
        error: `standard input: line ${line}: expected one of P M C R A F W in column op, found 'X'`,
      },
    ]);
  });
});

/** Kibibytes of memory that a command takes at most for so many copies of the core's trace, each an instance of its own. */
async function memoryOf(command: string, copies: number): Promise<number> {
  // The system's own figure of a process would begin with that of the process that started it.
  const tell = `
    import { readFileSync } from "node:fs";
    process.on("exit", () => process.stderr.write(/VmHWM:\\s*(\\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))[1]));`;
  const child = spawn(process.execPath, [
    "--import",
    `data:text/javascript,${encodeURIComponent(tell)}`,
    TEEMEM,
    command,
    "-",
  ]);
  let told = "";
  child.stderr.on("data", (data) => {
    told += data;
  });
  child.stdout.resume();
  const closed = new Promise((done) => child.on("close", done));
  for (let n = 1; n <= copies; n++) {
    if (!child.stdin.write(copyOf(n))) await new Promise((done) => child.stdin.once("drain", done));
  }
  child.stdin.end();
  expect(await closed).toBe(0);
  return Number(told);
}

describe.runIf(process.platform === "linux")("memory does not grow with the trace", () => {
  test.each(["report", "leaks"])(
    "%s",
    async (command) => {
      const [one, three] = [await memoryOf(command, 1), await memoryOf(command, 3)];
      // Two more copies are 72 MB of text. What is kept of them beyond 32 MiB lies on the disk.
      expect(three - one).toBeLessThan(60 * 1024);
      expect(three).toBeLessThan(200 * 1024);
    },
    120_000,
  );

  test("what does not fit into memory leaves nothing behind, and needs a folder", () => {
    const own = mkdtempSync(join(folder, "tmp-"));
    const input = Buffer.concat([1, 2, 3, 4].map((n) => Buffer.from(copyOf(n), "latin1")));
    const run = (TMPDIR: string) => spawnSync(process.execPath, [TEEMEM, "report", "-"], { input, env: { TMPDIR } });
    expect([run(own).status, readdirSync(own)]).toEqual([0, []]);
    const { status, stderr } = run(join(own, "none"));
    expect([status, stderr.toString()]).toEqual([
      2,
      `teemem: standard input: it needs a temporary file in ${own}/none (ENOENT); TMPDIR names another folder\n`,
    ]);
  }, 120_000);
});

/** The core's trace as another instance. */
function copyOf(instance: number): string {
  return gunzipSync(readFileSync(new URL("core.trace.gz", DATA)))
    .toString("latin1")
    .replaceAll(/^1\t/gm, `${instance}\t`);
}
