// The small libc of device/ta does as the libc of this machine.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needPrograms } from "./support/needs.ts";

/** What of the kit needs no host. */
const SOURCES = ["bytes", "find", "format", "format_output", "numbers", "secrets", "sort", "text"];

test("formats, numbers, texts and sorting, on random input", (context) => {
  needPrograms(context, "gcc, libc6-dev and binutils", "gcc", "objcopy");
  const folder = mkdtempSync(join(tmpdir(), "teemem-ta-libc-"));
  try {
    const kit = ["-std=gnu11", "-O1", "-ffreestanding", "-fno-builtin", "-isystem", "device/ta/include"];
    for (const name of SOURCES) {
      const object = join(folder, `${name}.o`);
      execFileSync("gcc", [...kit, "-c", `device/ta/src/${name}.c`, "-o", object]);
      execFileSync("objcopy", ["--prefix-symbols=kit_", object]);
    }
    const objects = readdirSync(folder).map((name) => join(folder, name));
    const program = join(folder, "compare");
    execFileSync("gcc", ["-w", "-O1", "-fno-builtin", "test/support/ta/libc.c", ...objects, "-o", program]);
    const { stdout, status } = spawnSync(program, { encoding: "utf8" });
    expect([stdout, status]).toEqual(["0 wrong\n", 0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
