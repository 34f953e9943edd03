// Tests of the part `qemu`: the plugin compiles without a warning, and its plan lies beside it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runHere } from "../../../test/run_here.ts";
import { needPrograms } from "../../../test/support/needs.ts";

const ELF = fileURLToPath(new URL("../../../test/fixtures/qemu/little-dwarf5.elf.gz", import.meta.url));
const STRICT = "gcc -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-qemu-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is built with a plan of the program, and says how QEMU is started", async (context) => {
  needPrograms(context, "gcc, libc6-dev", "gcc");
  const { out, err, outcome } = await runHere("device", "qemu", "--cc", STRICT, "--elf", ELF, "-o", folder);
  expect({ err, outcome }).toEqual({ err: "", outcome: { ok: true, value: 0 } });
  expect(readdirSync(folder).sort()).toEqual(["plan", "program.0", "teemem_qemu.so"]);
  expect(out).toContain("core: 4 calls of its allocator\n");
  expect(out).toContain(`\n  -plugin ${folder}/teemem_qemu.so,out=`);
  expect(out).toMatch(/\n {2}make run QEMU_EXTRA_ARGS='-plugin /);
  expect(readFileSync(join(folder, "plan"), "utf8")).toMatch(
    /^teemem qemu plan 1\nprogram\tcore\nbase\te100000\tprogram\.0\n/,
  );
});

it("is built without a program, too", async (context) => {
  needPrograms(context, "gcc, libc6-dev", "gcc");
  const { out } = await runHere("device", "build", "qemu", "-o", folder);
  expect(out).toContain("core: found while it runs, without call sites\n");
  expect(readFileSync(join(folder, "plan"), "utf8")).toBe("teemem qemu plan 1\nend\n");
});

it("says what is wrong with a program", async (context) => {
  needPrograms(context, "gcc, libc6-dev", "gcc");
  const twice = await runHere("device", "qemu", "--elf", ELF, "--ta-elf", ELF, "-o", folder);
  expect(twice.outcome).toEqual({ ok: false, error: `${ELF}: there are two programs for the heap core` });
  const none = await runHere("device", "preload", "--elf", ELF);
  expect(none.outcome).toEqual({ ok: false, error: "--elf and --ta-elf are for the part qemu" });
});
