// Tests of elf_files.ts and leak_headers.ts: what is taken from options, and what from boards.yaml.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { needPrograms } from "../../../test/support/needs.ts";
import { allElfFiles, elfFiles } from "./elf_files.ts";
import { knownLeakHeaders } from "./leak_headers.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-elves-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const env = { TEEMEM_BOARDS: at("boards.yaml") };
writeFileSync(at("boards.yaml"), "lab: { source: sim, elf: tee.elf, ta-elf: [a.elf, b.elf] }\nbare: { source: sim }\n");

it("the files of a board are those of its name after --on; an option wins", async () => {
  const [core, tas] = [at("tee.elf"), [at("a.elf"), at("b.elf")]];
  const none = { ok: true, value: { elf: undefined, taElf: [] } };
  expect(await elfFiles({ on: "lab" }, env)).toEqual({ ok: true, value: { elf: core, taElf: tas } });
  expect(await elfFiles({ on: "lab", elf: "/x" }, env)).toEqual({ ok: true, value: { elf: "/x", taElf: tas } });
  expect(await elfFiles({ on: "lab", taElf: ["/x"] }, env)).toEqual({ ok: true, value: { elf: core, taElf: ["/x"] } });
  for (const on of [undefined, "bare", "other", "ssh://lab", "/tmp/lab"])
    expect(await elfFiles({ on }, env)).toEqual(none);
  expect(await allElfFiles("lab", undefined, env)).toEqual({ ok: true, value: [core, ...tas] });
  expect(await allElfFiles("lab", ["/x"], env)).toEqual({ ok: true, value: ["/x"] });
});

it("a name in place of a file stands for the files of that board", async () => {
  expect(await elfFiles({ elf: "lab", taElf: ["lab", "c.elf"] }, env)).toEqual({
    ok: true,
    value: { elf: at("tee.elf"), taElf: [at("a.elf"), at("b.elf"), "c.elf"] },
  });
  expect(await allElfFiles(undefined, ["lab"], env)).toEqual({
    ok: true,
    value: [at("tee.elf"), at("a.elf"), at("b.elf")],
  });
  expect(await elfFiles({ elf: "bare" }, env)).toEqual({ ok: false, error: "boards.yaml has no elf for 'bare'" });
  expect(await elfFiles({ taElf: ["bare"] }, env)).toEqual({
    ok: false,
    error: "boards.yaml has no ta-elf for 'bare'",
  });
});

it("leak headers are what the option says, else boards.yaml, else the symbols of the elf file", async (context) => {
  needPrograms(context, "gcc and binutils", "gcc", "strip");
  const compiled = (name: string, code: string, ...flags: string[]): string => {
    writeFileSync(at(`${name}.c`), code);
    execFileSync("gcc", ["-shared", ...flags, "-o", at(name), at(`${name}.c`)]);
    return at(name);
  };
  const own = compiled("with", "void mdbg_check(int x) { (void)x; }\nint mdbg_check_not;\n");
  const none = compiled("without", "int mdbg_check;\nvoid nex_mdbg_check(void) {}\n");
  const stripped = compiled("stripped", "void mdbg_check(int x) { (void)x; }\n", "-s");
  const of = (board: object, leakHeaders?: "yes" | "no") =>
    knownLeakHeaders({ options: { leakHeaders }, board: { source: "sim", ...board } });
  expect(await of({ elf: own })).toEqual({ there: true, says: "with" });
  expect(await of({ elf: none })).toEqual({ there: false, says: "without" });
  expect([await of({ elf: stripped }), await of({ elf: at("absent") }), await of({})]).toEqual(
    Array(3).fill(undefined),
  );
  expect(await of({ elf: own, "leak-headers": "no" })).toEqual({ there: false, says: "boards.yaml" });
  expect(await of({ elf: own, "leak-headers": "no" }, "yes")).toEqual({ there: true, says: "--leak-headers" });
});
