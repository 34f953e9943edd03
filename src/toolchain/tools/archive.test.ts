// Tests of archive.ts.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { needPrograms } from "../../../test/support/needs.ts";
import { ar, readArchive } from "./archive.ts";

const cwd = mkdtempSync(join(tmpdir(), "teemem-ar-"));
const files = { "a.o": "first", "a_name_of_more_than_sixteen_letters.o": "odd", "b.o": "" };
for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
const call = (...args: string[]) => ar({ tool: "ar", args, cwd });
const names = () => readArchive(readFileSync(join(cwd, "x.a"))).map(({ name }) => name);

describe("archives", () => {
  test("are written, changed and read back", async () => {
    await call("rcs", "x.a", ...Object.keys(files));
    expect(readArchive(readFileSync(join(cwd, "x.a"))).map(({ name, data }) => [name, data.toString()])).toEqual(
      Object.entries(files),
    );
    expect((await call("t", "x.a")).out).toBe("a.o\na_name_of_more_than_sixteen_letters.o\nb.o\n");
    await call("d", "x.a", "a.o");
    expect(names()).toEqual(["a_name_of_more_than_sixteen_letters.o", "b.o"]);
    await call("r", "x.a", "a.o", "b.o");
    expect(names()).toEqual(["a_name_of_more_than_sixteen_letters.o", "a.o", "b.o"]);
  });

  test("a file that lacks is named", async () => {
    expect(await call("rcs", "y.a", "none.o")).toMatchObject({ code: 1, err: expect.stringContaining("none.o") });
  });

  test("those of GNU's ar are read, and GNU's ar reads ours", async (context) => {
    needPrograms(context, "binutils", "ar");
    execFileSync("ar", ["rc", "gnu.a", ...Object.keys(files)], { cwd });
    expect(readArchive(readFileSync(join(cwd, "gnu.a"))).map(({ name }) => name)).toEqual(Object.keys(files));
    await call("rcs", "ours.a", ...Object.keys(files));
    expect(execFileSync("ar", ["t", "ours.a"], { cwd, encoding: "utf8" }).trim().split("\n")).toEqual(
      Object.keys(files),
    );
  });
});
