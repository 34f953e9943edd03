// Tests of link_arguments.ts.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readLink, wasmLdArguments } from "./link_arguments.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-link-"));
for (const name of ["liba.a", "libb.so", "x.o"]) writeFileSync(join(folder, name), "");

describe("arguments of a linker", () => {
  test("objects, archives and libraries in their order; scripts and their words go", () => {
    const args = [
      "-e__ta_entry",
      "-pie",
      "-T",
      "ta.lds",
      "-z",
      "max-page-size=4096",
      "x.o",
      "-L.",
      "--start-group",
      "-la",
      "-lb",
    ];
    const link = readLink([...args, "--end-group", "libgcc.a", "-o", "ta.elf"], folder);
    expect(link).toEqual({
      output: "ta.elf",
      inputs: ["x.o", "liba.a", "libb.so"].map((name) => join(folder, name)),
      missing: [],
      soname: "",
      shared: false,
      relocatable: false,
    });
  });

  test("a folder may stand behind its library; words of the driver count", () => {
    const link = readLink(["-la", "-nope", "-lc", "-Wl,-L,.", "-Wl,-T,x.lds", "-shared"], folder);
    expect(link.inputs).toEqual([join(folder, "liba.a")]);
    expect(link.missing).toEqual([]);
    expect(link.shared).toBe(true);
  });

  test("a library that no folder has is named", () => {
    expect(readLink(["-lnothing", "-lgcc", "-lm"], folder).missing).toEqual(["nothing"]);
  });

  test("the stack lies first, so that an overflow traps; only the host's symbols may be undefined", () => {
    const link = readLink(["x.o"], folder);
    const made = wasmLdArguments(link, "/out.elf", {
      target: "wasm64",
      importsFile: "/list",
      first: ["/first.o"],
      runtime: ["/rt.a"],
    });
    expect(made).toEqual(
      expect.arrayContaining(["-mwasm64", "--stack-first", "--allow-undefined-file=/list", "/rt.a"]),
    );
    expect(made).not.toContain("--allow-undefined");
    expect(wasmLdArguments(link, "/o", { target: "wasm32", importsFile: "", first: [], runtime: [] })).not.toContain(
      "-mwasm64",
    );
  });
});
