import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readFailure } from "./read_failure.ts";
import { inputProblem, readInput } from "./read_input.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function* nothing(): AsyncGenerator<Uint8Array> {}

test("each thing that keeps a file from being read is told as what it is", async () => {
  const loop = join(folder, "loop");
  symlinkSync(loop, loop);
  const cases = [
    [loop, "symbolic links lead back to themselves; name the file itself"],
    [join(folder, "x".repeat(300)), "the name is too long"],
    [join("package.json", "x"), "no such file: a part of its path is no directory"],
    [join(folder, "none"), "no such file"],
    [folder, "is a directory; name the files in it"],
  ] as const;
  for (const [path, why] of cases) {
    expect(await inputProblem([path])).toBe(`${path}: ${why}`);
    expect(await readInput(path, nothing())).toEqual({ ok: false, error: `${path}: ${why}` });
  }
});

test("of others the system's words are told", () => {
  expect(readFailure(Object.assign(new Error("too many"), { code: "EMFILE" }))).toContain("ulimit -n");
  expect(readFailure(new Error("odd"))).toBe("cannot be read: odd");
  expect(readFailure(Object.assign(new Error("bad"), { code: "toString" }))).toBe("cannot be read: bad");
});
