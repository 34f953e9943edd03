// Runs `teemem replay`, and teemem with wrong arguments.
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const BIN = join(ROOT, "dist/cli/teemem.js");
const CORE = "data/optee-4.0.0/core.trace.gz";
const LDELF = "data/optee-4.0.0/ldelf.trace.gz";
const EDGE = "data/golden/traces/edge-sizes.trace";

const folder = mkdtempSync(join(tmpdir(), "teemem-"));
const ldelf = gunzipSync(readFileSync(join(ROOT, LDELF))).toString();

beforeAll(() => {
  if (!existsSync(BIN)) throw new Error("dist/ is missing: run npm run build first");
});
afterAll(() => rmSync(folder, { recursive: true }));

function teemem(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [BIN, ...args], { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 28 });
}

function piped(input: string | Uint8Array, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [BIN, ...args], { cwd: ROOT, encoding: "utf8", input });
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("a trace that was cut off in a row is replayed up to there, and that is said", () => {
  const { stdout, stderr, status } = teemem("replay", file("c", ldelf.slice(0, -80)));
  expect([status, stdout]).toEqual([0, expect.stringContaining("2,754 operations, 374 instances: every address")]);
  expect(stderr).toMatch(/^teemem: .*c is truncated: its last line has no end\n$/);
});

describe("wrong use and bad input: one line that says what is wrong, exit code 2", () => {
  const bad: [what: string, args: () => string[], error: string | RegExp][] = [
    ["no such file", () => ["replay", "nofile"], "nofile: no such file"],
    ["a folder", () => ["replay", "data"], "data: is a directory; name the files in it"],
    ["an empty file", () => ["replay", file("empty", "")], /empty: the file is empty$/],
    [
      "an empty gzip file",
      () => ["replay", file("empty.gz", gzipSync(""))],
      /empty.gz: line 1: expected a heap trace, which/,
    ],
    [
      "something else",
      () => ["replay", file("text", "hello\n")],
      /text: line 1: expected a heap trace, which begins with/,
    ],
    ["a bad golden line", () => ["replay", file("g", "arena 4096\nm 1 x\n")], /g: line 2: 'x' is not a number$/],
    [
      "a bad row",
      () => ["replay", file("r", ldelf.replace("\t16384\t", "\t16k\t"))],
      /r: line 13: expected a decimal number in column size, found '16k'$/,
    ],
    [
      "a gzip file cut off",
      () => ["replay", file("cut.gz", gzipSync(ldelf).subarray(0, 5000))],
      /cut.gz: the gzip data ends too early; the file/,
    ],
    [
      "a damaged gzip file",
      () => {
        const bytes = gzipSync(ldelf);
        bytes.fill(0x58, 5000, 5008);
        return ["replay", file("damaged.gz", bytes)];
      },
      /damaged.gz: the gzip data is damaged \(.*\); copy the file again$/,
    ],
    [
      "a pool too small",
      () => ["replay", "--pool", "500", LDELF],
      `--pool: a pool of 500 bytes is too small: at least 1024 bytes`,
    ],
    [
      "a pool too large",
      () => ["replay", "--pool", "5G", "nofile"],
      "--pool: a pool of 5368709120 bytes is too large: at most 1073741824 bytes",
    ],
    ["a bad variant before a bad file", () => ["replay", "--variant", "nope", "nofile"], /^unknown variant 'nope'/],
    ["the second file missing", () => ["replay", LDELF, "nofile"], "nofile: no such file"],
    ["standard input twice", () => ["replay", "-", "-"], "standard input can be read only once"],
    ["an endless device", () => ["replay", "/dev/zero"], /^\/dev\/zero: line 1: expected a heap trace/],
    [
      "a pool outside the arena",
      () => ["replay", file("outside", "arena 65536\npool 0 70000\n")],
      /outside: line 2: the pool 0\+70000 is outside the arena of 65536 bytes$/,
    ],
    [
      "an address too large",
      () => ["replay", file("large", ldelf.replace("\t4001b990\t", "\tffffffffffffffff\t"))],
      /large: line \d+: the address 'ffffffffffffffff' in column (ret|ptr) is too large$/,
    ],
    [
      "control characters and long words",
      () => ["replay", file("control", `arena 4096\n\x1b[2J${"y".repeat(70)}\n`)],
      `${folder}/control: line 2: unknown operation '\\x1b[2J${"y".repeat(56)}…'`,
    ],
    ["a new line in an option", () => ["replay", "--a\nb", LDELF], "unknown option '--a\\x0ab'"],
    [
      "marks and a pool",
      () => ["replay", "--marks", "--pool", "4k", LDELF],
      /cannot be used with option '--pool <size>'$/,
    ],
    [
      "marks of a golden trace",
      () => ["replay", "--marks", EDGE],
      `${EDGE}: --marks is for recorded traces; this is a golden trace`,
    ],
    [
      "an unknown mark in capitals",
      () => ["replay", "--until", "REGRESSION-1010", CORE],
      /did you mean regression-1010,? .*; --marks lists them$/,
    ],
    [
      "no size",
      () => ["replay", "--pool", "lots", LDELF],
      /argument 'lots' is invalid. Expected a number of bytes like 65536, 64k, 0x10000 or 1M.$/,
    ],
    ["an unknown option", () => ["replay", "--pol", "4k", LDELF], "unknown option '--pol'; did you mean --pool?"],
    ["an unknown fit", () => ["replay", "--fit", "worst", LDELF], /Allowed choices are first, best.$/],
    [
      "an unknown variant",
      () => ["replay", "--variant", "lp64-ff-tb", EDGE],
      /unknown variant 'lp64-ff-tb': .*; did you mean lp64-ff-ta, /,
    ],
    [
      "an unknown mark",
      () => ["replay", "--until", "regression-101", CORE],
      /no mark 'regression-101' in this trace; did you mean regression-1010, /,
    ],
    [
      "variant and fit",
      () => ["replay", "--variant", "lp64-ff-ta", "--fit", "best", EDGE],
      /cannot be used with option '--fit <fit>'$/,
    ],
    [
      "a pool for a golden trace",
      () => ["replay", "--pool", "4k", EDGE],
      `${EDGE}: --pool is for recorded traces; this is a golden trace`,
    ],
    [
      "a summary of a recording",
      () => ["replay", "--summary", LDELF],
      `${LDELF}: --summary is for golden traces; this is a recorded trace`,
    ],
    ["a recording without malloc layer", () => ["replay", "--variant", "bare-lp64-ff", LDELF], /has no malloc layer/],
    ["no trace", () => ["replay"], "missing required argument 'TRACE'; see 'teemem help replay'"],
    ["an unknown command", () => ["repaly"], "unknown command 'repaly'; did you mean replay?"],
    [
      "help for an unknown command",
      () => ["help", "repaly"],
      "unknown command 'repaly'; did you mean replay or report?",
    ],
  ];
  test.each(bad)("%s", (_what, args, error) => {
    const { stdout, stderr, status } = teemem(...args());
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    const lines = stderr.split("\n");
    expect(lines).toHaveLength(2);
    const line = lines[0]?.replace(/^teemem: /, "") ?? "";
    if (typeof error === "string") expect(line).toBe(error);
    else expect(line).toMatch(error);
  });

  test("no command at all shows the help", () => {
    const { stdout, stderr, status } = teemem();
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toContain("Usage: teemem");
  });
});

test("help and version are well", () => {
  expect(teemem("--version")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: "",
  });
  expect(teemem("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("Examples:"), stderr: "" });
  for (const args of [
    ["help", "replay"],
    ["replay", "--help"],
  ]) {
    expect(teemem(...args)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("--variant <name>"),
      stderr: "",
    });
  }
});

describe("recorded traces", () => {
  test("are verified, several at once", () => {
    const as = "every address and every allocated value as recorded";
    expect(teemem("replay", CORE, LDELF)).toMatchObject({
      status: 0,
      stdout: `${CORE}: 423,739 operations, 1 instance: ${as}\n${LDELF}: 2,755 operations, 374 instances: ${as}\n`,
      stderr: "",
    });
  });

  test("come from standard input, too, and end at a mark", () => {
    const { stdout } = piped(ldelf, "replay", "-", "--until", "example-aes");
    expect(stdout).toMatch(/^standard input: 14 operations, 2 instances: every address/);
    const { stdout: json } = piped(gzipSync(ldelf), "replay", "-", "--json");
    expect(JSON.parse(json)).toEqual({
      trace: "standard input",
      context: "ldelf",
      operations: 2755,
      instances: 374,
      asRecorded: true,
      difference: null,
    });
  });

  test("that differ are reported with exit code 1", () => {
    const path = file("differs", ldelf.replace("M\t0\t1088\t0\t4001b990", "M\t0\t1088\t0\t4001b9a0"));
    expect(teemem("replay", path)).toMatchObject({
      status: 1,
      stdout: `${path}: line 18, instance 1, mark example-hello_world: 0x4001b9a0 recorded, 0x4001b990 replayed; the 5 operations before it as recorded\n`,
      stderr: "",
    });
  });

  test("list their marks", () => {
    const { stdout, status } = teemem("replay", "--marks", CORE);
    const lines = stdout.split("\n");
    expect(status).toBe(0);
    expect(lines[0]).toMatch(/core.trace.gz: \d+ marks, 423,739 operations$/);
    expect(lines[1]).toMatch(/^ {2}mark +operations {2}command$/);
    expect(lines[2]).toMatch(/^ {2}boot +[\d,]+$/);
    const json = JSON.parse(teemem("replay", "--marks", "--json", CORE).stdout);
    expect(json.marks).toHaveLength(lines.length - 3);
  });

  test("tell what they skip, and print no control characters", () => {
    const rows = [
      "# mark begin \x1bhello",
      "1\t1\tP\t40010000\t4096\t0\t0\t0\t-\tf\tx.c:1",
      "1\t2\tR\t0\t16\t0\t40010fd0\t32\t-\tf\tx.c:2",
      "1\t3\tF\t40010100\t0\t0\t0\t32\t-\tf\tx.c:3",
      "1\t4\tM\t0\t2000\t0\t40010100\t2048\t-\tf\t\x1bx.c:4",
    ];
    const path = file("unknown", `# OP-TEE 4.0.0 heap event trace, context core\n${rows.join("\n")}\n`);
    const { stdout } = teemem("replay", "--pool", "1k", path);
    expect(stdout).toContain("\\x1bx.c:4");
    expect(stdout).toContain("\n1 release of a block that is not in the recording was skipped.\n");
    const marks = teemem("replay", "--marks", path).stdout;
    expect(marks).toContain("\\x1bhello");
    expect(`${stdout}${marks}`).not.toContain("\x1b");
  });

  test("meet another allocator", () => {
    const { stdout, status } = teemem("replay", "--pool", "48k", CORE);
    expect(status).toBe(1);
    expect(stdout).toContain("12 requests that had succeeded fail now. By mark: pkcs11-1007 12.");
    expect(stdout).toContain("and 2 more");
    const best = teemem("replay", "--fit", "best", CORE);
    expect(best.status).toBe(0);
    expect(best.stdout).toContain("1 request that failed in the recording succeeds now.");
    const arm = teemem("replay", "--abi", "arm", "--json", CORE);
    expect(JSON.parse(arm.stdout)).toMatchObject({
      allocator: { abi: "ilp32", fit: "first" },
      sizesOf: "lp64",
      newFailures: 0,
    });
  });
});

describe("golden traces", () => {
  test.each([
    ["edge-sizes", "lp64-ff-ta", ".trace", ".out.gz"],
    ["misuse-double", "lp64-ff-ta", ".trace", ".out"],
    ["churn-1m-s1", "lp64-ff-ta", ".trace.gz", ".out.gz"],
    ["bare-mix-s2", "bare-lp64-bf-dbg", ".trace.gz", ".out.gz"],
  ])("%s %s prints what the C code did", (name, variant, trace, out) => {
    const { stdout, status } = teemem("replay", "--variant", variant, `data/golden/traces/${name}${trace}`);
    const expected = readFileSync(join(ROOT, `data/golden/expected/${name}.${variant}${out}`));
    expect(status).toBe(0);
    expect(stdout === (out.endsWith(".gz") ? gunzipSync(expected) : expected).toString()).toBe(true);
  });

  test("are summed up in a line each", () => {
    const lines = gunzipSync(readFileSync(join(ROOT, "data/golden/summary.ndjson.gz")))
      .toString()
      .split("\n");
    const wanted = ["edge-sizes", "edge-wipe"].map((name) =>
      lines.find((line) => line.includes(`"trace":"${name}","variant":"ilp32-bf-core-mdbg-dbg"`)),
    );
    const options = ["--abi", "arm", "--fit", "best", "--flavour", "core", "--mdbg", "--debug"];
    const files = [EDGE, "data/golden/traces/edge-wipe.trace"];
    expect(teemem("replay", "--summary", ...options, ...files)).toMatchObject({
      status: 0,
      stdout: `${wanted.join("\n")}\n`,
    });
  });

  test("a reader that goes away ends it quietly", async () => {
    const child = spawn(process.execPath, [BIN, "replay", "data/golden/traces/checker-64k-s1.trace.gz"], { cwd: ROOT });
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
  });
});
