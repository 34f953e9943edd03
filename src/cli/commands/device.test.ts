// Tests of `teemem device`.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runHere } from "../../../test/run_here.ts";
import { needPrograms } from "../../../test/support/needs.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-device-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("teemem device", () => {
  it("lists the parts, and explains each", async () => {
    const list = await runHere("device");
    expect(list.out).toMatch(/^preload {2}\S/m);
    for (const [, name = ""] of list.out.matchAll(/^(\S+) {2}/gm)) {
      const { out, outcome } = await runHere("device", name);
      expect(outcome).toEqual({ ok: true, value: 0 });
      expect(out).toMatch(/^Source: .*device/m);
    }
  });
  it.each([
    [["device", "preloud"], "unknown part 'preloud'; did you mean preload?"],
    [["device", "preload", "preload"], "one part at a time"],
    [["device", "build"], "which part? One of "],
  ])("%j is wrong", async (words, message) => {
    const { outcome } = await runHere(...words);
    expect(outcome).toEqual({ ok: false, error: expect.stringContaining(message) });
  });
});

describe("teemem device build", () => {
  it("compiles a library of the compiler's machine, and leaves nothing else", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const { out, err } = await runHere("device", "build", "preload", "--cc", "gcc -Werror", "-o", join(folder, "new"));
    expect({ out, err }).toEqual({ out: `${join(folder, "new/libteemem_preload.so")}\n`, err: "" });
    expect(readFileSync(out.trim()).subarray(0, 4).toString("latin1")).toBe("\x7fELF");
    expect(readdirSync(join(folder, "new"))).toEqual(["libteemem_preload.so"]);
  });
  it("says what a compiler found wrong", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const { err, outcome } = await runHere("device", "build", "preload", "--cc", "gcc -DTEEMEM_CALL_H", "-o", folder);
    expect(outcome).toEqual({ ok: true, value: 1 });
    expect(err).toMatch(/^teemem: 'gcc' failed with exit code 1: .*error: /);
    expect(readdirSync(folder)).toEqual([]);
  });
  it("says which compiler is missing", async () => {
    const { err } = await runHere("device", "build", "preload", "--cc", "none-such-gcc", "-o", folder);
    expect(err).toBe(
      "teemem: no compiler 'none-such-gcc'; name yours with --cc, for example --cc aarch64-linux-gnu-gcc\n",
    );
  });
});
