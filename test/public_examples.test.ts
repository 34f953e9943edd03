// Runs every program of `examples/` as a user does, with the built package, and compares what it prints.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const FOLDER = fileURLToPath(new URL("../examples/", import.meta.url));
const PROGRAMS = readdirSync(FOLDER).filter((name) => name.endsWith(".js"));
const MAX_LINES = 40;

const temp = mkdtempSync(join(tmpdir(), "teemem-examples-"));
afterAll(() => rmSync(temp, { recursive: true }));

/** What a program prints. Its one argument is a file of its own that it may make; the file's name is not compared. */
function printed(program: string): string {
  const file = join(temp, program);
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(FOLDER, program), file], { encoding: "utf8" });
  expect([stderr, status]).toEqual(["", 0]);
  return stdout.replaceAll(file, "FILE");
}

describe.each(PROGRAMS)("examples/%s", (program) => {
  const text = readFileSync(join(FOLDER, program), "utf8");

  it("prints what it did when it was read last", async () => {
    await expect(printed(program)).toMatchFileSnapshot(`fixtures/examples/${program.replace(/js$/, "txt")}`);
  });

  it("is short, is checked by the compiler, and imports only the package and Node.js", () => {
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(MAX_LINES);
    expect(text).toMatch(/^\/\/ @ts-check\n\/\/ [A-Z]/);
    const imports = [...text.matchAll(/ from "([^"]+)";$/gm)].map(([, name]) => name ?? "");
    expect(imports.filter((name) => !/^(teemem(\/|$)|node:)/.test(name))).toEqual([]);
    expect(imports.some((name) => /^teemem(\/|$)/.test(name))).toBe(true);
  });
});

it("README lists each program once, with the parts of the package that it imports", () => {
  const rows = readFileSync(join(FOLDER, "README.md"), "utf8").matchAll(/^\| \[(\w+\.js)\]\(\1\) \|.*\| ([^|]+) \|$/gm);
  const listed = [...rows].map(([, program, doors]) => [program, (doors ?? "").replaceAll("`", "").split(" ").sort()]);
  const real = PROGRAMS.map((program) => {
    const text = readFileSync(join(FOLDER, program), "utf8");
    return [program, [...text.matchAll(/ from "teemem(?:\/(\w+))?";$/gm)].map(([, door]) => door ?? "teemem").sort()];
  });
  expect(listed.sort()).toEqual(real.sort());
});
