// How the built program looks by what the environment says, in a pipe.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "teemem-look-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "ta", "leaky"), { recursive: true });
writeFileSync(join(folder, "ta", "leaky", "leaky.c"), "");

const BIN = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
const CORE = fileURLToPath(new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url));

function look(env: Readonly<Record<string, string>>, ...args: readonly string[]): string {
  const { stdout } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    env: { ...process.env, TEEMEM_SOCKET: "", ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

test("colours in a pipe: only FORCE_COLOR asks for them, whatever NO_COLOR says", () => {
  expect(look({}, "stats")).not.toContain("\x1b");
  expect(look({ FORCE_COLOR: "1" }, "stats")).toContain("\x1b[1m");
  expect(look({ FORCE_COLOR: "1", NO_COLOR: "1" }, "stats")).toContain("\x1b[1m");
  expect(look({ FORCE_COLOR: "0" }, "stats")).not.toContain("\x1b");
});

test("a locale of ASCII has bars of ASCII, and lines as long as before", () => {
  const usual = look({}, "stats");
  for (const env of [{ LC_ALL: "C" }, { LC_ALL: "POSIX" }, { LANG: "C" }]) {
    const plain = look(env, "stats");
    expect(plain).toMatch(/^ {4}\|#+/m);
    expect(plain.match(/[^ -~\n]/g)).toBeNull();
    expect(plain.split("\n").map(({ length }) => length)).toEqual(usual.split("\n").map(({ length }) => length));
  }
});

test("charts fill the width that COLUMNS gives", () => {
  const longest = (columns: string): number =>
    Math.max(
      ...look({ COLUMNS: columns }, "report", CORE)
        .split("\n")
        .map(({ length }) => length),
    );
  expect([longest("80"), longest("132"), longest("200")]).toEqual([80, 132, 200]);
});

test("data are the same everywhere", () => {
  const usual = look({}, "report", "--json", CORE);
  expect(look({ COLUMNS: "200", LC_ALL: "C", FORCE_COLOR: "1", FORCE_HYPERLINK: "1" }, "report", "--json", CORE)).toBe(
    usual,
  );
});

test("a call site whose file is here links to its line, where links are wanted", () => {
  const link = `\x1b]8;;file://${hostname().toLowerCase()}${folder}/ta/leaky/leaky.c#31\x1b\\ta/leaky/leaky.c:31\x1b]8;;\x1b\\`;
  expect(look({ FORCE_HYPERLINK: "1" }, "leaks", "--", "leaky")).toContain(link);
  expect(look({}, "leaks", "--", "leaky")).not.toContain("\x1b");
  expect(look({ FORCE_HYPERLINK: "0", FORCE_COLOR: "1" }, "leaks", "--", "leaky")).not.toContain("\x1b]8");
});
