// The one file of `npm run bundle`, alone in an empty folder: code, threads, page, C sources and data are inside.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runBin } from "./cli.ts";

const home = mkdtempSync(join(tmpdir(), "teemem-bundle-"));
const folder = join(home, "alone");
const cache = join(home, "cache");

beforeAll(() => {
  mkdirSync(folder);
  const built = spawnSync(process.execPath, ["scripts/bundle/run.js", join(folder, "teemem.mjs")], {
    encoding: "utf8",
  });
  expect([built.stderr, built.status]).toEqual(["", 0]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function run(words: string, file = "teemem.mjs", own: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, XDG_CACHE_HOME: cache, TEEMEM_COMMAND: "", ...own };
  const options = { cwd: folder, encoding: "utf8", env, maxBuffer: 2 ** 28, timeout: 120_000 } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...words.split(" ")], options);
  return { stdout, stderr, code: status };
}

describe("teemem.mjs", () => {
  test.each(["stats", "leaks --at boot --at pkcs11-1007 demo:core", "replay --marks demo:core"])(
    "%s answers as the package does",
    (words) => expect(run(words)).toEqual(runBin("teemem", words.split(" "))),
  );

  test("it is xtest by its first word, and by its name", () => {
    const own = runBin("xtest", ["--stats", "--alloc"]);
    expect(run("xtest --stats --alloc")).toEqual(own);
    symlinkSync("teemem.mjs", join(folder, "xtest"));
    expect(run("--stats --alloc", "xtest")).toEqual(own);
  });

  test("size replays in threads, and record starts xtest", () => {
    copyFileSync(join(folder, "teemem.mjs"), join(folder, "a b%20.mjs"));
    const { stdout, code } = run("size demo:core --no-tests", "a b%20.mjs");
    const proofs = stdout.split("\n").filter((line) => line.startsWith("  node 'a b%20.mjs' replay --fit"));
    expect([code, proofs.length]).toEqual([0, 8]);
    expect(run("record -o run.arrows -- xtest 4001")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/0 failed/),
    });
    expect(run("report run.arrows").code).toBe(0);
  });

  test("the page, a compressed export and the C sources are inside", () => {
    expect(run("report demo:core --html page.html").code).toBe(0);
    expect(readFileSync(join(folder, "page.html"), "utf8")).toMatch(/<script/);
    expect(run("export demo:core -f parquet -o core.parquet").code).toBe(0);
    expect(run("device preload").stdout).toContain(join(cache, "teemem", "bundle-"));
  });

  test("it builds and fuzzes a TA, in threads", ({ skip }) => {
    if (spawnSync("clang-19", ["--version"]).status !== 0) skip("no clang-19 (apt install clang-19 lld-19)");
    cpSync("examples/ta/bugs", join(folder, "bugs"), { recursive: true });
    expect(run("ta build bugs --memcheck")).toMatchObject({ code: 0 });
    const { stdout, stderr } = run("fuzz bugs --runs 200 --jobs 2 -o found");
    expect([stderr, stdout]).toEqual(["", expect.stringMatching(/^200 inputs/)]);
  });

  test("what is outside is named where it is missing", () => {
    const { stderr, code } = run("stats --on serial:/dev/ttyUSB0");
    expect([stderr, code]).toEqual([expect.stringContaining("serialport"), 2]);
  });

  test("the parts for a board are built from its own sources", ({ skip }) => {
    if (spawnSync("cc", ["--version"]).status !== 0) skip("no C compiler (apt install gcc libc6-dev)");
    for (const part of ["preload", "ta-client", "libteec"]) {
      const { stdout, stderr, code } = run(`device build ${part} -o parts`);
      expect([stderr, code, existsSync(join(folder, stdout.trim()))]).toEqual(["", 0, true]);
    }
  });

  test("serve answers with its page, and ends", async () => {
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    const child = spawn(process.execPath, ["teemem.mjs", "serve", "--port", "0"], { cwd: folder, env });
    const ended = once(child, "exit");
    const [bytes] = (await once(child.stdout, "data")) as [Buffer];
    const address = /http:\S+/.exec(bytes.toString())?.[0] ?? "";
    const page = await (await fetch(address)).text();
    const script = /<script[^>]+src="([^"]+)"/.exec(page)?.[1] ?? "no script";
    expect((await fetch(new URL(script, address))).status).toBe(200);
    child.kill("SIGINT");
    expect((await ended)[0]).toBe(0);
  });

  test.skipIf(process.platform !== "linux")("where its cache cannot be made it takes the temporary folder", () => {
    const temporary = join(home, "temporary");
    mkdirSync(temporary);
    const nowhere = { XDG_CACHE_HOME: "", HOME: "/proc", TMPDIR: temporary };
    const { stdout, stderr } = run("device preload", "teemem.mjs", nowhere);
    expect([stderr, stdout]).toEqual(["", expect.stringContaining(`Source: ${temporary}/teemem-`)]);
    expect(run("stats", "teemem.mjs", { ...nowhere, TMPDIR: "/proc/none" })).toEqual({
      stdout: "",
      stderr:
        "teemem: cannot make the folder /proc/.cache: no such folder; XDG_CACHE_HOME names another for the cache\n",
      code: 1,
    });
  });

  test("files are unpacked once, whole", () => {
    const folders = readdirSync(join(cache, "teemem")).filter(
      (name) => name.startsWith("bundle-") || name.startsWith("half-"),
    );
    expect(folders).toEqual([expect.stringMatching(/^bundle-\d+\.\d+\.\d+-[0-9a-f]{12}$/)]);
  });
});
