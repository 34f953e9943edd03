// Runs every program of docs/library.md as it stands there, with the built package, and compares what it prints with the page.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { PLACE_OPTIONS } from "../src/library/home.ts";
import { SETTINGS } from "../src/library/settings.ts";
import { describeApi } from "./api.ts";
import { importsOf } from "./layers.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGE = readFileSync(`${ROOT}docs/library.md`, "utf8");

interface Program {
  readonly title: string;
  readonly code: string;
  /** What the page says that it prints; empty where it says nothing. */
  readonly output: string;
}

/** Each program with the first block of text behind it, unless another program comes first. */
const PROGRAMS = PAGE.split("```js\n")
  .slice(1)
  .map((part): Program => {
    const [code = "", ...rest] = part.split("```\n");
    const [, output = ""] = rest.join("```\n").split("```text\n");
    return {
      title: code.split("\n").find((line) => !line.startsWith("import")) ?? "",
      code,
      output: output.split("```")[0] ?? "",
    };
  });

const folder = mkdtempSync(join(tmpdir(), "teemem-page-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "first"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(ROOT, join(folder, "node_modules", "teemem"));
for (const name of ["vitest", "vite"])
  symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
writeFileSync(join(folder, "heap.bin"), gunzipSync(readFileSync(`${ROOT}data/optee-4.0.0/core-heap.bin.gz`)));

/** What a program prints, which has a file of its own. */
function printed(code: string, file: string, ...options: string[]): string {
  writeFileSync(join(folder, file), code);
  const { stdout, stderr, status } = spawnSync(process.execPath, [...options, file], { cwd: folder, encoding: "utf8" });
  expect([stderr, status]).toEqual(["", 0]);
  return stdout;
}

const isTest = ({ code }: Program): boolean => code.includes('from "vitest"');

describe("programs", () => {
  test("are there", () => {
    expect(PROGRAMS.length).toBeGreaterThan(8);
    expect(PROGRAMS.filter(isTest)).toHaveLength(1);
    expect(PROGRAMS.filter(({ output }) => output !== "").length).toBeGreaterThan(6);
  });

  test.each(PROGRAMS.filter((program) => !isTest(program)))("$title", ({ code, output }) => {
    expect(printed(code, "first/heap.js")).toBe(output);
  });

  test("the matcher works in vitest", () => {
    const [{ code = "" } = {}] = PROGRAMS.filter(isTest);
    writeFileSync(join(folder, "heap.test.js"), code);
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    const { stdout, status } = spawnSync(process.execPath, [vitest, "run", "--root", folder, "--dir", folder], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stdout).toContain("1 passed");
    expect(status).toBe(0);
  });

  test("the game loop makes no garbage", () => {
    const { code = "" } = PROGRAMS.find(({ code: text }) => text.includes("function frame(time)")) ?? {};
    // A block of an object for each frame would be more than a megabyte.
    const measured = `${code}
      for (let time = 0; time < 20_000; time++) frame(time);
      gc();
      const before = process.memoryUsage().heapUsed;
      for (let time = 0; time < 100_000; time++) frame(time);
      console.log("bytes:", process.memoryUsage().heapUsed - before);`;
    const space = ["--max-semi-space-size=64", "--min-semi-space-size=64"];
    const [, bytes] = /bytes: (-?\d+)/.exec(printed(measured, "loop.js", "--expose-gc", ...space)) ?? [];
    expect(Number(bytes)).toBeLessThan(100_000);
  });
});

describe("tables", () => {
  const api = describeApi(ROOT);
  const membersOf = (name: string): string[] => {
    const body = new RegExp(`^  interface ${name}\\b.*\\n((?:    .*\\n)+)`, "m").exec(api)?.[1] ?? "";
    return [...body.matchAll(/^ {4}(?:readonly )?(\w+)/gm)].map(([, member]) => member ?? "");
  };
  const rows = [...PAGE.matchAll(/^\| (`[^|]+) \|/gm)].map(([, names]) => names ?? "").join(" ");
  const isListed = (name: string): boolean => rows.includes(`\`${name}\``) || rows.includes(`\`${name}(`);

  test("list every option and every member of a heap", () => {
    expect(membersOf("ByteHeap").length).toBeGreaterThan(20);
    expect(
      [...PLACE_OPTIONS, "from", "to", ...SETTINGS, ...membersOf("ByteHeap")].filter((name) => !isListed(name)),
    ).toEqual([]);
    for (const name of membersOf("BlockView")) expect(PAGE).toContain(`view.${name}`);
  });

  test("say which entry points need Node.js", () => {
    const needsNode = (file: string, seen: Set<string>): boolean => {
      if (seen.has(file)) return false;
      seen.add(file);
      return importsOf(readFileSync(file, "utf8")).some((name) =>
        name.startsWith(".") ? needsNode(join(dirname(file), name), seen) : name.startsWith("node:"),
      );
    };
    const entries = [...PAGE.matchAll(/^\| `teemem\/?(\w*)` \| .+ \| ([^|]+) \|$/gm)];
    expect(entries.length).toBe(17);
    for (const [, name = "", runs] of entries)
      expect([name, runs]).toEqual([
        name,
        needsNode(`${ROOT}dist/${name || "library"}/index.js`, new Set()) ? "Node.js" : "Node.js, browsers",
      ]);
  });

  test("quote messages that there are", () => {
    const [quoted] = /`(size is [^`]+)`/.exec(PAGE)?.slice(1) ?? [];
    expect(quoted).toBe("size is NaN: give a whole number, 0 or more");
  });
});
