// Choosing a platform: a bundled one, or a folder; what it lacks is said where it is needed.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundledPlatform, PLATFORM_NAMES } from "../src/platform/platforms.ts";
import { runBin } from "./cli.ts";
import { SMALL_CALLS, smallPlatform } from "./support/small_platform.ts";

let root = "";
let [poor, small] = ["", ""];

function makeFolder(name: string, changes: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(root, name));
  for (const [file, text] of smallPlatform(changes)) writeFileSync(join(folder, file), text);
  return `${folder}/`;
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "teemem-cli-platform-"));
  poor = makeFolder("poor-", {});
  small = makeFolder("small-", { "core_sites.txt": SMALL_CALLS });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const stats = (...args: readonly string[]) => runBin("teemem", ["stats", ...args]);

describe("--profile", () => {
  it("takes every bundled platform", () => {
    for (const name of PLATFORM_NAMES) {
      const { code, stdout, stderr } = stats("--profile", name);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout.split("\n")[0]).toBe(`OP-TEE ${bundledPlatform(name)?.version}, ${name}`);
    }
  });

  it("takes a folder, whose head line says that its boot is a part", () => {
    const { code, stdout, stderr } = stats("--profile", small);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")[0]).toBe("OP-TEE 4.0.0, small-32 (only a part of its boot: the trace ends here)");
    // 40 bytes of the boot, a pool's table of 8, a context of 56, a session of 112, two registered pages, their mappings.
    expect(stdout).toMatch(/^Heap +\d{3} +\d{3} +65,536$/m);
  });

  it("refuses statistics in one sentence where it lacks a size for them", () => {
    const { code, stdout, stderr } = stats("--profile", poor);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      "teemem: platform small-32 has no size for a range of address space while a client's pages are mapped (call.mapping): " +
        "nothing but the boot was captured\n",
    );
  });

  it("loads no application that it lacks sizes for", () => {
    const { code, stderr } = runBin("teemem", ["run", "--profile", small, "hello_world"]);
    expect(code).toBe(1);
    expect(stderr).toContain("TEEC_Opensession failed with code 0xffff000a");
    expect(stderr).toContain(
      "(platform small-32 has no size for the pool of big numbers (ta.number_pool): no application",
    );
  });

  it.each<[string, readonly string[], RegExp]>([
    ["a name that is none", ["--profile", "stm32"], /unknown profile 'stm32'; known: qemu_v8-4\.0\.0, virt_v8/],
    ["a folder that is none", ["--profile", "./nosuch/"], /nosuch\/platform\.json cannot be read \(ENOENT\)/],
    ["the recorded run of another one", ["--profile", PLATFORM_NAMES[1] ?? "", "--after", "boot"], /--after plays the/],
  ])("says what is wrong with %s", (_what, args, text) => {
    const { code, stderr } = stats(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(text);
  });
});
