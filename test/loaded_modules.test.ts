// Checks the modules that programs and entry points load: only recordings load Arrow and Zstandard.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const fixture = (name: string): string => join(ROOT, "test/fixtures", name);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-modules-"));
  writeFileSync(at("golden.trace"), "arena 8192\nopt stats 1\npool 0 4096\nm 1 16\nm 2 32\nf 1\n");
});
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

/** A hook of Node's loader that writes the URL of every module into a file. */
function hookTo(list: string): string {
  const load =
    'import{appendFileSync}from"node:fs";export async function load(url,context,next)' +
    `{appendFileSync(${JSON.stringify(list)},url+"\\n");return next(url,context)}`;
  const register = `import{register}from"node:module";register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(load)}`)})`;
  return `data:text/javascript,${encodeURIComponent(register)}`;
}

interface Loaded {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly modules: readonly string[];
  /** Packages of others, without those of the project. */
  readonly packages: readonly string[];
}

/** Runs a built file and tells what it loaded. */
function run(file: string, ...args: readonly string[]): Loaded {
  const list = at("list");
  writeFileSync(list, "");
  const env = { ...process.env, TEEMEM_SOCKET: "", NODE_NO_WARNINGS: "1" };
  const ran = spawnSync(process.execPath, ["--import", hookTo(list), join(ROOT, "dist", file), ...args], {
    env,
    encoding: "utf8",
    input: "",
  });
  const modules = readFileSync(list, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("file:"));
  const packages = modules.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  return { code: ran.status, out: ran.stdout, err: ran.stderr, modules, packages: [...new Set(packages)].sort() };
}

const HEAVY = ["@bokuweb/zstd-wasm", "apache-arrow", "flatbuffers", "tslib"];
const heavy = ({ packages }: Loaded): string[] => packages.filter((name) => HEAVY.includes(name));

const CORE = fixture("inputs/core.trace");

/** Every command on an input of text, with its exit code. */
const COMMANDS: readonly (readonly [number, readonly string[]])[] = [
  [0, ["stats"]],
  [0, ["stats", "--on", `file:${CORE}`]],
  [0, ["demo"]],
  [0, ["replay", CORE]],
  [0, ["report", CORE]],
  [0, ["size", CORE]],
  [0, ["leaks", CORE]],
  [1, ["leaks", "--ta", "aes", "--", "run", "aes"]],
  [0, ["inspect", join(ROOT, "data/optee-4.0.0/core-heap.bin.gz")]],
  [1, ["doctor", "--error", "0xffff000c", "--origin", "3"]],
  [1, ["doctor", "--on", `file:${CORE}`]],
  [1, ["check", fixture("inputs/budget.yaml"), CORE]],
  [0, ["export", "-f", "csv", "-o", "-", CORE]],
  [0, ["run", "acipher", "512", "hello"]],
  [0, ["watch", "--ta", "acipher", "--", "run", "acipher", "512", "hello"]],
];

describe("a program loads neither Arrow nor Zstandard for an input of text", () => {
  test.each(COMMANDS)("exit code %i: teemem %j", (code, args) => {
    const loaded = run("cli/teemem.js", ...args);
    expect([loaded.err, loaded.code]).toEqual([expect.anything(), code]);
    expect(loaded.modules.length).toBeGreaterThan(10);
    expect(heavy(loaded)).toEqual([]);
  });

  test.each([
    ["a golden trace", () => at("golden.trace")],
    ["output of xtest", () => fixture("inputs/alloc.out")],
    ["a log of the secure console", () => fixture("recorded/07-stats-memleak.secure.log.gz")],
  ])("teemem report, of %s", (_, path) => {
    const loaded = run("cli/teemem.js", "report", path());
    expect([loaded.err, loaded.code, heavy(loaded)]).toEqual(["", 0, []]);
  });

  test("xtest", () => {
    const loaded = run("cli/xtest.js", "--stats", "--alloc");
    expect([loaded.code, loaded.packages]).toEqual([0, []]);
  });

  test("and next to nothing to say its version", () => {
    const { modules, packages, out } = run("cli/teemem.js", "--version");
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(packages).toEqual(["commander"]);
    expect(modules.length).toBeLessThan(26);
  });

  test("and no schema to print data that it describes", () => {
    const { modules, packages } = run("cli/teemem.js", "stats", "--json");
    expect(packages.filter((name) => name.includes("valibot"))).toEqual([]);
    expect(modules.filter((url) => url.includes("/cli/schemas/"))).toEqual([]);
  });

  test("but a recording is written with both, and read with one", () => {
    const file = at("run.arrows");
    expect(heavy(run("cli/teemem.js", "record", "-o", file, "--", "run", "hello_world"))).toContain("apache-arrow");
    expect(heavy(run("cli/teemem.js", "report", file))).toEqual(["@bokuweb/zstd-wasm"]);
  });
});

describe("a door loads neither", () => {
  // What is not here is made of them.
  test.each<[string, string[]]>([
    ["library", []],
    ["abi", []],
    ["release", []],
    ["heap", []],
    ["malloc", []],
    ["tee", []],
    ["xtest", []],
    ["wire", []],
    ["replay", ["crc-32"]],
    ["source", []],
    ["analyze", ["yaml"]],
    ["export", ["hyparquet", "hyparquet-writer", "pprof-format"]],
    ["daemon", []],
  ])("dist/%s has of others %j", (door, packages) => {
    const loaded = run(`${door}/index.js`);
    expect([loaded.code, loaded.packages]).toEqual([0, packages]);
  });
});
